package report

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// measured are the modules whose versions matter.
var measured = []string{
	"github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go",
	"github.com/aws/aws-sdk-go-v2/service/datazone", "github.com/aws/aws-sdk-go-v2/service/eks",
	"github.com/aws/aws-sdk-go-v2/service/lambda",
	"github.com/aws/aws-sdk-go-v2/service/dynamodb", "github.com/aws/aws-sdk-go-v2/service/sqs",
	"github.com/go-json-experiment/json",
}

// Environment reports what the figures were measured with: the command, the machine,
// the versions. It must be called in the module of the benchmarks.
func Environment(command string) (string, error) {
	args := append([]string{"list", "-m", "-f", "{{.Path}} {{.Version}}"}, measured...)
	versions, err := exec.Command("go", args...).Output()
	if err != nil {
		return "", fmt.Errorf("asking for the versions: %w", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "`%s`, %s: %s, %s/%s, %d cores, %s.\n", command, time.Now().UTC().Format(time.DateOnly),
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor())
	fmt.Fprintf(&b, "%s.\n", strings.Join(strings.Split(strings.TrimSpace(string(versions)), "\n"), ", "))
	return b.String(), nil
}

// processor is the name of the CPU, where the system has it in a file.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	for line := range strings.Lines(string(info)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}
