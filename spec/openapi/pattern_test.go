package openapi

import "testing"

func TestCheckPattern(t *testing.T) {
	for pattern, want := range map[string]string{
		``:                                    "",
		`^dzd[-_][a-zA-Z0-9_-]{1,36}$`:        "",
		`^(?!aws:)[a-z]+(?<=x)$`:              "",
		`(?=a)(?<!b)(?<name>x)\k<name>\1`:     "",
		`[\u0009\u000A\u000D\u0020-\uD7FF]*`:  "",
		`[z-\uFFFF][!-\u{ff}]`:                "",
		`\u{1F600}`:                           "",
		`[^]*|[]`:                             "",
		`[[a]`:                                "",
		`a{0,65536}b{2000}c{1500,}`:           "",
		`\p{Script=Greek}\P{L}[\p{L}\p{Z}]`:   "",
		`\cJ[\b]\bx\/\-\_`:                    "",
		`[\w-.]+@[\w.-]+`:                     "",
		`a{,5}`:                               "",
		`(((((((((((a{1000}){1000}))))))))))`: "",
		`(`:                                   "missing closing ) in \"(\"",
		`a)`:                                  "unexpected ) in \"a)\"",
		`[a-`:                                 "missing closing ] in \"[a-\"",
		`[z-a]`:                               "invalid character class range in \"z-a\"",
		`*a`:                                  "missing argument to repetition operator in \"*\"",
		`a{2,1}`:                              "the counts of {2,1} are out of order",
		`a\`:                                  "it ends in a backslash",
		`\u12`:                                `\u is not followed by a code point in hexadecimal`,
		`\u{}`:                                `\u is not followed by a code point in hexadecimal`,
		`\u{12`:                               `\u is not followed by a code point in hexadecimal`,
		`\c1`:                                 `\c is not followed by a letter`,
		`\k1`:                                 `\k is not followed by a name in angle brackets`,
		`\q`:                                  "invalid escape sequence in \"\\\\q\"",
		`a**`:                                 "invalid nested repetition operator in \"**\"",
	} {
		got := ""
		if err := checkPattern(pattern); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("checkPattern(%q) = %q, want %q", pattern, got, want)
		}
	}
}
