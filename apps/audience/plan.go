package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"lyceum/audience/media"
	"lyceum/audience/room"
)

// Plan is the first line on standard input: who attends what, and from where.
type Plan struct {
	// URL of the room socket (`wss://…/t/{slug}/rt`).
	URL string `json:"url"`
	// CAFile names the certificate authority of the server; empty for those the machine trusts.
	CAFile string `json:"caFile"`
	// Seats to take, the teacher's first.
	Seats []room.Seat `json:"seats"`
	// AtOnce bounds the seats that are being taken at one moment; 0 for all at once.
	AtOnce int `json:"atOnce"`
	// Lose is the share of arriving packets (0 to 1) that every listener throws away unseen, to prove that recovery works.
	Lose float64 `json:"lose"`
	// Clip is what the teacher shows and says; without one, nobody has media.
	Clip *media.Clip `json:"clip"`
}

// Order is every further line: something to do now.
type Order struct {
	// Do is one of `chat`, `measure`, `play`, `rest` and `leave`.
	Do string `json:"do"`
	// PerSecond is how many chat messages are said in a second.
	PerSecond float64 `json:"perSecond"`
	// Seconds it takes.
	Seconds float64 `json:"seconds"`
}

// orders reads JSON lines from `in`.
func orders(in io.Reader) (Plan, <-chan Order, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	var plan Plan
	if !lines.Scan() {
		return plan, nil, fmt.Errorf("no plan on standard input: %w", io.ErrUnexpectedEOF)
	}
	if err := json.Unmarshal(lines.Bytes(), &plan); err != nil {
		return plan, nil, fmt.Errorf("the plan: %w", err)
	}
	next := make(chan Order)
	go func() {
		defer close(next)
		for lines.Scan() {
			var order Order
			if json.Unmarshal(lines.Bytes(), &order) == nil {
				next <- order
			}
		}
	}()
	return plan, next, nil
}

// teller writes JSON lines to standard output.
type teller struct {
	mutex sync.Mutex
	out   *json.Encoder
}

// Tell writes one line `{"t": kind, "data": data}`.
func (t *teller) Tell(kind string, data any) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	_ = t.out.Encode(struct {
		T    string `json:"t"`
		Data any    `json:"data"`
	}{kind, data})
}
