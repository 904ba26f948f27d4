// Package measure holds what the robots' reports are made of.
package measure

import (
	"math"
	"slices"
	"syscall"
	"time"
)

// Quantiles of a set of measurements by the nearest-rank method, in the unit that was measured.
type Quantiles struct {
	Count int     `json:"count"`
	P50   float64 `json:"p50"`
	P95   float64 `json:"p95"`
	P99   float64 `json:"p99"`
	Max   float64 `json:"max"`
}

// Of sorts `values` and takes their quantiles; all zero when there are none.
func Of(values []float64) Quantiles {
	if len(values) == 0 {
		return Quantiles{}
	}
	slices.Sort(values)
	at := func(q float64) float64 { return values[max(0, int(math.Ceil(q*float64(len(values))))-1)] }
	return Quantiles{Count: len(values), P50: at(0.5), P95: at(0.95), P99: at(0.99), Max: at(1)}
}

// OwnCPU is the processor time this process has used so far, in user and kernel mode.
func OwnCPU() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
