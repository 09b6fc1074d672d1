//go:build models

package calls

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"example.com/lathe/bench/internal/clients/datazone"
	"example.com/lathe/bench/internal/clients/datazone/types"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
	officialtypes "github.com/aws/aws-sdk-go-v2/service/datazone/types"
)

// elements is how many a big body has, of one kilobyte each.
const elements = 10_000

// bigCases are calls of which one body is 10 MB.
func bigCases() []Case {
	list := bigList()
	created := `{"id":"asset1","name":"a","typeIdentifier":"t","typeRevision":"1","domainId":"dzd_1","revision":"1","owningProjectId":"p1","formsOutput":[]}`
	listing, creating := reply(200, "", list), reply(201, "", []byte(created))

	theirList := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: listing})
	ourList := datazone.New(datazone.Options{Region: region, Credentials: key(), HTTPClient: listing})
	theirCreate := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: creating})
	ourCreate := datazone.New(datazone.Options{Region: region, Credentials: key(), HTTPClient: creating})
	theirForms, ourForms, size := bigForms()
	body := make([]byte, size)
	return []Case{
		{Name: BigResponse, Size: len(list), Sides: []Side{
			{Official, func() any {
				return expect(theirList.ListDataSources(ctx,
					&official.ListDataSourcesInput{DomainIdentifier: &domainID, ProjectIdentifier: &domainID}))
			}},
			{Ours, func() any {
				return expect(ourList.ListDataSources(ctx,
					&datazone.ListDataSourcesInput{DomainIdentifier: &domainID, ProjectIdentifier: &domainID}))
			}},
		}},
		{Name: BigRequest, Size: size, Sides: []Side{
			{Official, func() any { return expect(theirCreate.CreateAsset(ctx, theirForms)) }},
			{Ours, func() any { return expect(ourCreate.CreateAsset(ctx, ourForms)) }},
			{Hash, func() any { return sha256.Sum256(body) }},
		}},
	}
}

// bigList is an answer of ListDataSources, with every member in every element.
func bigList() []byte {
	var b strings.Builder
	b.WriteString(`{"items":[`)
	for i := range elements {
		if i > 0 {
			b.WriteByte(',')
		}
		element := fmt.Sprintf(`{"domainId":"dzd_abcdefgh12345","environmentId":"env%07[1]d","connectionId":"con%07[1]d","dataSourceId":"src%07[1]d",`+
			`"name":"data source %[1]d","type":"GLUE","status":"READY","enableSetting":"ENABLED",`+
			`"schedule":{"timezone":"UTC","schedule":"cron(0 %[2]d * * ? *)"},"lastRunStatus":"FAILED","lastRunAt":"2024-01-02T03:04:05.678Z",`+
			`"lastRunErrorMessage":{"errorType":"VALIDATION_EXCEPTION","errorDetail":"something went \"wrong\" here"},"lastRunAssetCount":%[1]d,`+
			`"createdAt":"2024-01-02T03:04:05.678Z","updatedAt":"2024-01-02T03:04:05.678Z","description":"`, i, i%24)
		b.WriteString(element)
		b.WriteString(prose(1_000 - len(element)))
		b.WriteString(`"}`)
	}
	b.WriteString(`],"nextToken":"next"}`)
	return []byte(b.String())
}

// prose is text of n bytes.
func prose(n int) string { return strings.Repeat("Plain words of a description. ", n/30+1)[:n] }

// bigForms are equal inputs of CreateAsset for both clients, and the size of the
// body that comes of them, but for a few bytes.
func bigForms() (*official.CreateAssetInput, *datazone.CreateAssetInput, int) {
	name, token := "asset", "00000000-0000-4000-8000-000000000000"
	theirs := &official.CreateAssetInput{
		DomainIdentifier: &domainID, Name: &name, OwningProjectIdentifier: &name, TypeIdentifier: &name, ClientToken: &token,
	}
	ours := &datazone.CreateAssetInput{
		DomainIdentifier: &domainID, Name: &name, OwningProjectIdentifier: &name, TypeIdentifier: &name, ClientToken: &token,
	}
	size := 0
	for i := range elements {
		form, kind, revision := fmt.Sprintf("form %d", i), "amazon.datazone.RelationalTableFormType", "7"
		content := `{"tableName":"` + prose(850) + `"}`
		theirs.FormsInput = append(theirs.FormsInput,
			officialtypes.FormInput{FormName: &form, TypeIdentifier: &kind, TypeRevision: &revision, Content: &content})
		ours.FormsInput = append(ours.FormsInput, types.FormInput{
			FormName: &form, TypeIdentifier: &kind, TypeRevision: &revision, Content: &content,
		})
		size += len(`{"content":"","formName":"","typeIdentifier":"","typeRevision":""},`) + len(form) + len(kind) +
			len(revision) + len(content) + 4
	}
	return theirs, ours, size
}
