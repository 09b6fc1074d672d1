package measure

import (
	"reflect"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"github.com/aws/smithy-go/middleware"
)

// Heap is what an operation does to the heap, in bytes above what lay there before.
type Heap struct {
	// Peak is the largest heap while the operation ran, garbage included that the
	// collector had not got to.
	Peak float64
	// Live is the largest part that a collection found reachable; it may miss what
	// lived between two of them.
	Live float64
	// Kept is what the result holds when all else is gone.
	Kept float64
}

// PeakHeap runs op once and watches the heap. The collector runs all the time
// (GOGC=1), which says nothing of speed and makes the figures ones of the code and
// not of the collector's pace: the truth lies between Live and Peak.
func PeakHeap(op func() any) Heap {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	clean()
	before := now()
	stop, most := make(chan struct{}), make(chan heap)
	go func() { most <- highest(stop) }()
	result := op()
	close(stop)
	top := <-most
	clean()
	kept := now()
	runtime.KeepAlive(result)
	return Heap{
		Peak: float64(max(top.all, kept.all)) - float64(before.all),
		Live: float64(max(top.live, kept.live)) - float64(before.live),
		Kept: float64(kept.live) - float64(before.live),
	}
}

// heap is the state of the heap: the bytes of all objects, and of those that the
// last collection found reachable.
type heap struct{ all, live uint64 }

func now() heap {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return heap{sample[0].Value.Uint64(), sample[1].Value.Uint64()}
}

// highest looks at the heap until the channel is closed.
func highest(stop <-chan struct{}) (most heap) {
	tick := time.NewTicker(50 * time.Microsecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return most
		case <-tick.C:
			h := now()
			most = heap{max(most.all, h.all), max(most.live, h.live)}
		}
	}
}

// clean empties the heap of garbage, and pools of what they hold, which takes two
// collections.
func clean() {
	for range 3 {
		runtime.GC()
	}
}

// Size is the memory that a value reaches, computed from its types: structs, texts,
// the elements of slices, entries of maps, each once through the pointers that lead
// to it. It is what an output takes at least. Values must be trees. The metadata of
// a call, which holds the response, is left out.
func Size(v any) float64 { return float64(reach(reflect.ValueOf(v))) }

// reach is the memory behind a value, its own place not counted.
func reach(v reflect.Value) (n uintptr) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() || v.Type() == reflect.TypeFor[*time.Location]() {
			return 0
		}
		return v.Elem().Type().Size() + reach(v.Elem())
	case reflect.String:
		return uintptr(v.Len())
	case reflect.Slice:
		n = uintptr(v.Len()) * v.Type().Elem().Size()
		for i := range v.Len() {
			n += reach(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[middleware.Metadata]() {
			return 0
		}
		for _, field := range v.Fields() {
			n += reach(field)
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			n += key.Type().Size() + reach(key) + value.Type().Size() + reach(value)
		}
	default:
	}
	return n
}
