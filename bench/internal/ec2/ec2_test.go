//go:build ec2

package ec2

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	ours "example.com/lathe/bench/internal/clients/ec2"
	"example.com/lathe/bench/internal/measure"
	"github.com/aws/aws-sdk-go-v2/aws"
	official "github.com/aws/aws-sdk-go-v2/service/ec2"
)

//go:generate go run -C ../../.. ./cmd/gen generate --quiet --spec ../shared/models/c2j/ec2/2016-11-15/service-2.json --out bench/internal/clients/ec2 --package ec2 --operation DescribeInstances

// instances is how many the answer has.
const instances = 1_000

// instance is one of them; the number makes it another.
const instance = `<item><reservationId>r-%08[1]x</reservationId><ownerId>123456789012</ownerId><groupSet/><instancesSet><item>
<instanceId>i-%017[1]x</instanceId><imageId>ami-0123456789abcdef0</imageId><instanceState><code>16</code><name>running</name></instanceState>
<privateDnsName>ip-10-0-%[2]d-%[3]d.ec2.internal</privateDnsName><dnsName>ec2-203-0-%[2]d-%[3]d.compute-1.amazonaws.com</dnsName><reason/>
<keyName>deploy</keyName><amiLaunchIndex>0</amiLaunchIndex><productCodes/><instanceType>m7g.2xlarge</instanceType>
<launchTime>2024-02-29T12:34:56.000Z</launchTime><placement><availabilityZone>us-east-1a</availabilityZone><groupName/><tenancy>default</tenancy></placement>
<monitoring><state>disabled</state></monitoring><subnetId>subnet-0123456789abcdef0</subnetId><vpcId>vpc-0123456789abcdef0</vpcId>
<privateIpAddress>10.0.%[2]d.%[3]d</privateIpAddress><ipAddress>203.0.%[2]d.%[3]d</ipAddress><sourceDestCheck>true</sourceDestCheck>
<groupSet><item><groupId>sg-0123456789abcdef0</groupId><groupName>web</groupName></item><item><groupId>sg-0123456789abcdef1</groupId><groupName>ssh &amp; more</groupName></item></groupSet>
<architecture>arm64</architecture><rootDeviceType>ebs</rootDeviceType><rootDeviceName>/dev/xvda</rootDeviceName>
<blockDeviceMapping><item><deviceName>/dev/xvda</deviceName><ebs><volumeId>vol-%017[1]x</volumeId><status>attached</status><attachTime>2024-02-29T12:35:00.000Z</attachTime><deleteOnTermination>true</deleteOnTermination></ebs></item></blockDeviceMapping>
<virtualizationType>hvm</virtualizationType><clientToken>%08[1]x-0000-4000-8000-000000000000</clientToken>
<tagSet><item><key>Name</key><value>web-%[1]d</value></item><item><key>Team</key><value>payments</value></item><item><key>Environment</key><value>production</value></item><item><key>aws:autoscaling:groupName</key><value>web-asg</value></item></tagSet>
<hypervisor>xen</hypervisor><networkInterfaceSet><item><networkInterfaceId>eni-%017[1]x</networkInterfaceId><subnetId>subnet-0123456789abcdef0</subnetId><vpcId>vpc-0123456789abcdef0</vpcId>
<description/><ownerId>123456789012</ownerId><status>in-use</status><macAddress>0e:00:00:00:%02[2]x:%02[3]x</macAddress><privateIpAddress>10.0.%[2]d.%[3]d</privateIpAddress><privateDnsName>ip-10-0-%[2]d-%[3]d.ec2.internal</privateDnsName><sourceDestCheck>true</sourceDestCheck>
<groupSet><item><groupId>sg-0123456789abcdef0</groupId><groupName>web</groupName></item></groupSet>
<attachment><attachmentId>eni-attach-%017[1]x</attachmentId><deviceIndex>0</deviceIndex><status>attached</status><attachTime>2024-02-29T12:34:56.000Z</attachTime><deleteOnTermination>true</deleteOnTermination><networkCardIndex>0</networkCardIndex></attachment>
<privateIpAddressesSet><item><privateIpAddress>10.0.%[2]d.%[3]d</privateIpAddress><privateDnsName>ip-10-0-%[2]d-%[3]d.ec2.internal</privateDnsName><primary>true</primary></item></privateIpAddressesSet><ipv6AddressesSet/><interfaceType>interface</interfaceType></item></networkInterfaceSet>
<iamInstanceProfile><arn>arn:aws:iam::123456789012:instance-profile/web</arn><id>AIPAEXAMPLEEXAMPLEEXA</id></iamInstanceProfile><ebsOptimized>true</ebsOptimized><enaSupport>true</enaSupport>
<cpuOptions><coreCount>8</coreCount><threadsPerCore>1</threadsPerCore></cpuOptions><capacityReservationSpecification><capacityReservationPreference>open</capacityReservationPreference></capacityReservationSpecification>
<hibernationOptions><configured>false</configured></hibernationOptions><metadataOptions><state>applied</state><httpTokens>required</httpTokens><httpPutResponseHopLimit>2</httpPutResponseHopLimit><httpEndpoint>enabled</httpEndpoint></metadataOptions>
<enclaveOptions><enabled>false</enabled></enclaveOptions><bootMode>uefi</bootMode></item></instancesSet></item>
`

func answer() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><reservationSet>`)
	for i := range instances {
		fmt.Fprintf(&b, instance, i, i/256, i%256)
	}
	b.WriteString(`</reservationSet></DescribeInstancesResponse>`)
	return []byte(b.String())
}

// memory answers every request with the same body.
type memory struct{ body []byte }

// Do implements the HTTP client.
func (m memory) Do(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/xml"}}, ContentLength: int64(len(m.body)),
		Body: io.NopCloser(bytes.NewReader(m.body)), Request: r,
	}, nil
}

type key struct{}

// Retrieve returns credentials.
func (key) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}, nil
}

// callers are both clients, the official one first.
func callers(body []byte) []struct {
	name string
	call func() any
} {
	theirs := official.New(official.Options{Region: "us-east-1", Credentials: key{}, HTTPClient: memory{body}})
	client := ours.New(ours.Options{Region: "us-east-1", Credentials: key{}, HTTPClient: memory{body}})
	return []struct {
		name string
		call func() any
	}{
		{"official", func() any { return must(theirs.DescribeInstances(context.Background(), nil)) }},
		{"ours", func() any { return must(client.DescribeInstances(context.Background(), nil)) }},
	}
}

func must[T any](out T, err error) any {
	if err != nil {
		panic(err)
	}
	return out
}

// TestAgree sees that both read the same.
func TestAgree(t *testing.T) {
	var texts [2]any
	for i, c := range callers(answer()) {
		text, err := json.Marshal(c.call())
		if err != nil {
			t.Fatal(err)
		}
		var out struct {
			Reservations []struct {
				OwnerID   string `json:"OwnerId"`
				Instances []struct {
					InstanceID, PrivateDNSName, LaunchTime string
					Tags                                   []struct{ Key, Value string }
					NetworkInterfaces                      []struct{ MacAddress string }
				}
			}
		}
		if err := json.Unmarshal(text, &out); err != nil {
			t.Fatal(err)
		}
		if n := len(out.Reservations); n != instances {
			t.Errorf("%s has %d reservations", c.name, n)
		}
		texts[i] = fmt.Sprint(out)
	}
	if texts[0] != texts[1] {
		t.Error("the clients read different instances")
	}
}

// BenchmarkDescribeInstances reports besides the CPU time of a call, that of the collector
// included, and the peak of the heap over what must be there: the body and the output.
func BenchmarkDescribeInstances(b *testing.B) {
	body := answer()
	for _, c := range callers(body) {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			before := cpu(b)
			for b.Loop() {
				c.call()
			}
			b.ReportMetric(float64(cpu(b)-before)/float64(b.N), "cpu-ns/op")
			heap := measure.PeakHeap(c.call)
			b.ReportMetric(heap.Peak/(float64(len(body))+heap.Kept), "peak/need")
		})
	}
}

// cpu is the processor time that the program has taken.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
