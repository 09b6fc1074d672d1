//go:build models

package calls

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"net/http"
	"strconv"

	"example.com/lathe/bench/internal/clients/dynamodb"
	"example.com/lathe/bench/internal/clients/dynamodb/types"
	official "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	officialtypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// attributes is how many an item has.
const attributes = 20

// kinds make attributes of one client's type.
type kinds[V any] struct {
	text, number func(string) V
	flag         func(bool) V
	list         func([]V) V
	fields       func(map[string]V) V
}

// item is a map of attributes as tables have them: mostly texts and numbers.
func item[V any](k kinds[V]) map[string]V {
	out := make(map[string]V, attributes)
	for i := range attributes {
		name := fmt.Sprintf("attribute%02d", i)
		switch i % 10 {
		case 1, 4, 6:
			out[name] = k.number(fmt.Sprint(1_000 * i))
		case 7:
			out[name] = k.flag(i > attributes/2)
		case 8:
			out[name] = k.list([]V{k.text("red"), k.text("green"), k.number("3")})
		case 9:
			out[name] = k.fields(map[string]V{
				"street": k.text("1 Main Street"), "city": k.text("Springfield"), "zip": k.number("12345"),
			})
		default:
			out[name] = k.text(fmt.Sprintf("text of attribute %d", i))
		}
	}
	return out
}

var theirKinds = kinds[officialtypes.AttributeValue]{
	text:   func(s string) officialtypes.AttributeValue { return &officialtypes.AttributeValueMemberS{Value: s} },
	number: func(s string) officialtypes.AttributeValue { return &officialtypes.AttributeValueMemberN{Value: s} },
	flag:   func(b bool) officialtypes.AttributeValue { return &officialtypes.AttributeValueMemberBOOL{Value: b} },
	list: func(l []officialtypes.AttributeValue) officialtypes.AttributeValue {
		return &officialtypes.AttributeValueMemberL{Value: l}
	},
	fields: func(m map[string]officialtypes.AttributeValue) officialtypes.AttributeValue {
		return &officialtypes.AttributeValueMemberM{Value: m}
	},
}

var ourKinds = kinds[types.AttributeValue]{
	text:   func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} },
	number: func(s string) types.AttributeValue { return &types.AttributeValueMemberN{Value: s} },
	flag:   func(b bool) types.AttributeValue { return &types.AttributeValueMemberBOOL{Value: b} },
	list:   func(l []types.AttributeValue) types.AttributeValue { return &types.AttributeValueMemberL{Value: l} },
	fields: func(m map[string]types.AttributeValue) types.AttributeValue {
		return &types.AttributeValueMemberM{Value: m}
	},
}

// wireKinds are attributes as JSON has them.
var wireKinds = kinds[any]{
	text:   func(s string) any { return map[string]any{"S": s} },
	number: func(s string) any { return map[string]any{"N": s} },
	flag:   func(b bool) any { return map[string]any{"BOOL": b} },
	list:   func(l []any) any { return map[string]any{"L": l} },
	fields: func(m map[string]any) any { return map[string]any{"M": m} },
}

// itemCases read and write one item of a table. Answers have the checksum that the
// service sends.
func itemCases() []Case {
	body, err := json.Marshal(map[string]any{
		"Item":             item(wireKinds),
		"ConsumedCapacity": map[string]any{"TableName": "table", "CapacityUnits": 0.5},
	})
	if err != nil {
		panic(err)
	}
	got, put := checked(body), checked([]byte(`{"ConsumedCapacity":{"TableName":"table","CapacityUnits":1}}`))
	table, theirItem, ourItem := "table", item(theirKinds), item(ourKinds)
	theirKey := map[string]officialtypes.AttributeValue{"id": theirKinds.text("a"), "sort": theirKinds.number("1")}
	ourKey := map[string]types.AttributeValue{"id": ourKinds.text("a"), "sort": ourKinds.number("1")}

	return []Case{
		{Name: GetItemCall, Sides: []Side{
			{Official, func() any {
				return expect(got.official.GetItem(ctx, &official.GetItemInput{TableName: &table, Key: theirKey}))
			}},
			{Ours, func() any {
				return expect(got.ours.GetItem(ctx, &dynamodb.GetItemInput{TableName: &table, Key: ourKey}))
			}},
		}},
		{Name: PutItemCall, Sides: []Side{
			{Official, func() any {
				return expect(put.official.PutItem(ctx, &official.PutItemInput{TableName: &table, Item: theirItem}))
			}},
			{Ours, func() any {
				return expect(put.ours.PutItem(ctx, &dynamodb.PutItemInput{TableName: &table, Item: ourItem}))
			}},
		}},
	}
}

// tables are clients of both that get one answer.
type tables struct {
	official *official.Client
	ours     *dynamodb.Client
}

func checked(body []byte) tables {
	h := &http.Client{Transport: summed(reply(200, "", body).Transport.(*canned))}
	return tables{
		official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h}),
		dynamodb.New(dynamodb.Options{Region: region, Credentials: key(), HTTPClient: h}),
	}
}

// summed adds the checksum that DynamoDB sends with each answer.
func summed(c *canned) *canned {
	c.header.Set("X-Amz-Crc32", strconv.FormatUint(uint64(crc32.ChecksumIEEE(c.body)), 10))
	return c
}
