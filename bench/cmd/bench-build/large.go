package main

import (
	"path/filepath"

	"example.com/lathe/bench/internal/measure"
	"example.com/lathe/bench/internal/report"
)

// measureLarge builds the clients of EC2, once: that takes minutes of processor time.
func (r *results) measureLarge(w *workspace, models string) error {
	if !isFolder(models) {
		return nil
	}
	if err := w.makeClient(ec2, models); err != nil {
		return err
	}
	common, err := w.common(ec2)
	if err != nil {
		return err
	}
	warm := filepath.Join(w.root, "warm-ec2")
	if _, err := w.compile(official, warm, common...); err != nil {
		return err
	}
	r.large = map[client][]build{}
	for _, c := range []client{official, ours} {
		b, err := w.compileCold(ec2, c, warm)
		if err != nil {
			return err
		}
		r.large[c] = []build{b}
	}
	return nil
}

func (r *results) largeTargets() []report.Target {
	if r.large == nil {
		return nil
	}
	return []report.Target{
		{
			What: "compiling a client of three operations of EC2: CPU, ratio", Most: 1.0 / 50,
			Measured: measure.Ratio(r.large[ours], r.large[official], buildCPU), Format: report.Ratio,
		},
		{
			What: "compiling a client of three operations of EC2: memory, ratio", Most: 1.0 / 20,
			Measured: measure.Ratio(r.large[ours], r.large[official], buildPeak), Format: report.Ratio,
		},
	}
}

func (r *results) largeText() string {
	if r.large == nil {
		return ""
	}
	t := &report.Table{Head: []string{"client", "CPU", "by the clock", "memory"}}
	for _, c := range []client{official, ours} {
		b := r.large[c][0]
		t.Add("ec2, "+string(c), report.Nanos(b.cpu), report.Nanos(b.wall), report.Bytes(b.peak))
	}
	return "\nOf EC2, once, ours with three operations (DescribeInstances, RunInstances, TerminateInstances):\n\n" +
		t.String()
}
