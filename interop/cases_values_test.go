package interop

import (
	"strings"

	"example.com/lathe/interop/compare"
)

// valueCases try values of each kind of member.
func valueCases() []scenario {
	var out []scenario
	add := func(group, want, member string, values []string) {
		for _, v := range values {
			name := "value/" + group + "/" + v
			if len(v) > 60 {
				name = "value/" + group + "/" + v[:40] + "…"
			}
			out = append(out, reply(name, want, compare.Reply{Body: strings.Replace(member, "VALUE", v, 1)}))
		}
	}
	add("time", "ok", `{"createdAt":"VALUE"}`, timestamps())
	add("bad time", "200 smithy.DeserializationError", `{"createdAt":"VALUE"}`, badTimestamps())
	add("integer", "ok", `{"runStatisticsForAssets":{"added":VALUE}}`, []string{
		"0", "-0", "1", "-1", "2147483647", "-2147483648", "2147483646", "99999999",
	})
	add("text", "ok", `{"dataSourceConfigurationSnapshot":"VALUE"}`, texts())
	add("status", "ok", `{"status":"VALUE"}`, append(statuses(), "", "NEW_STATUS", "success", "SUCCESS ", "ünknown", `\u0053UCCESS`, "a\\u0000b"))
	add("type", "ok", `{"type":"VALUE"}`, []string{"PRIORITIZED", "SCHEDULED", "ON_A_WHIM"})
	add("import status", "ok", `{"lineageSummary":{"importStatus":"VALUE"}}`, []string{
		"IN_PROGRESS", "SUCCESS", "FAILED", "PARTIALLY_SUCCEEDED", "LOST",
	})
	add("error type", "ok", `{"errorMessage":{"errorType":"VALUE"}}`, []string{
		"ACCESS_DENIED_EXCEPTION", "CONFLICT_EXCEPTION", "INTERNAL_SERVER_EXCEPTION", "RESOURCE_NOT_FOUND_EXCEPTION",
		"SERVICE_QUOTA_EXCEEDED_EXCEPTION", "THROTTLING_EXCEPTION", "VALIDATION_EXCEPTION", "OTHER_EXCEPTION",
	})
	add("integer too big", "ok", `{"runStatisticsForAssets":{"added":VALUE}}`, []string{
		"2147483648", "-2147483649", "5000000000", "-5000000000", "4294967296", "9223372036854775807",
	})
	return out
}

func statuses() []string {
	return []string{"REQUESTED", "RUNNING", "FAILED", "PARTIALLY_SUCCEEDED", "SUCCESS"}
}

// timestamps are times that the official client can read.
func timestamps() []string {
	return []string{
		"2024-01-02T03:04:05Z", "2024-01-02T03:04:05.1Z", "2024-01-02T03:04:05.12Z", "2024-01-02T03:04:05.123Z",
		"2024-01-02T03:04:05.123456Z", "2024-01-02T03:04:05.123456789Z", "2024-01-02T03:04:05.000Z",
		"2024-01-02T03:04:05.1234567891Z", "2024-01-02T03:04:05.9999999999Z", "2024-01-02T03:04:05+00:00",
		"2024-01-02T03:04:05-00:00", "2024-01-02T03:04:05+02:00", "2024-01-02T03:04:05-11:30", "2024-01-02T03:04:05.5+05:45",
		"2024-01-02T03:04:05+23:59", "2024-02-29T23:59:59Z", "2024-01-02T03:04:05", "2024-01-02T03:04:05.123",
		"1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
		"9999-12-31T23:59:59.999999999Z", "1900-01-01T00:00:00Z", "2024-01-02T03:04:05,123Z", `2024-01-02T03:04:05\u005a`,
		"2024-01-02T3:04:05Z", "2024-01-02T03:04:05+24:00",
	}
}

// badTimestamps are times that it can not read.
func badTimestamps() []string {
	return []string{
		"2024-01-02t03:04:05z", "2024-01-02T03:04:05z", "2024-01-02t03:04:05Z", "2024-01-02t03:04:05.5+01:00",
		"2024-01-02T24:00:00Z", "2024-01-02T03:04:60Z", "2024-01-02T03:04:05+0200", "2024-01-02T03:04:05+02",
		"2024-01-02T03:04Z", "2024-01-02 03:04:05Z", "2024-01-02", "2024-01-02T03:04:05.Z", " 2024-01-02T03:04:05Z",
		"2024-01-02T03:04:05Z ", "", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "Tue, 02 Jan 2024 03:04:05 GMT",
		"1704164645", "now", "2024-01-02T03:04:05-99:99", "+02024-01-02T03:04:05Z", "12024-01-02T03:04:05Z",
		"2024-01-02T03:04:05ZZ", "2024-01-02T03:04:05Z+01:00", "２０２４-01-02T03:04:05Z",
	}
}

// texts are the insides of JSON strings.
func texts() []string {
	return []string{
		"plain", "", " ", `\"`, `\\`, `\/`, `/`, `\b\f\n\r\t`, `\u0000`, `\u001f`, `\u007f`, "\u007f", `\u00e9`, "é",
		`\u00E9`, `\u2028\u2029`, "\u2028", `\ud83d\ude80`, "🚀", `\ud83d`, `\ude80\ud83d`, `\ud83dx`, `\ud83d\u0041`, `\ud83d\n`,
		`\ufeff`, "\ufeff", `\uffff`, "\uffff", "a\xffb", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", `<script>&amp;`, `\u003c`,
		`{\"id\":\"x\"}`, "数据源", "bu\u0308cher", strings.Repeat("é", 5000), strings.Repeat(`\\`, 5000),
	}
}
