package main

import (
	"bytes"
	"fmt"
	"strconv"
	"sync"
	"time"

	"lyceum/audience/measure"
)

// A chat message of the robots is the mark, the time it was said (ns of this process's clock), and a dot.
var mark = []byte("lyceum rehearsal ")

// chatter measures how long an event takes from whoever causes it to everybody.
type chatter struct {
	begun   time.Time
	mutex   sync.Mutex
	arrived []float64
}

// Chat is what came of saying something for a while.
type Chat struct {
	Seats int `json:"seats"`
	// Said is how many messages were acknowledged, Missing how many of their copies did not arrive.
	Said    int `json:"said"`
	Missing int `json:"missing"`
	// Arrival is from saying to every single seat's hearing, the speaker's too.
	Arrival measure.Quantiles `json:"arrivalMs"`
	// Answer is from saying to the acknowledgement.
	Answer measure.Quantiles `json:"answerMs"`
	// RobotCPUSeconds is what this process used meanwhile.
	RobotCPUSeconds float64 `json:"robotCpuSeconds"`
}

func newChatter() *chatter {
	return &chatter{begun: time.Now()}
}

// heard looks for messages of the robots in a frame with events.
func (c *chatter) heard(frame []byte) {
	now := time.Since(c.begun)
	for {
		at := bytes.Index(frame, mark)
		if at < 0 {
			return
		}
		frame = frame[at+len(mark):]
		end := bytes.IndexByte(frame, '.')
		if end < 0 {
			return
		}
		said, err := strconv.ParseInt(string(frame[:end]), 10, 64)
		if err != nil {
			continue
		}
		c.mutex.Lock()
		c.arrived = append(c.arrived, float64(now.Nanoseconds()-said)/1e6)
		c.mutex.Unlock()
	}
}

// text is a message that tells when it was said.
func (c *chatter) text() string {
	return fmt.Sprintf("%s%d.", mark, time.Since(c.begun).Nanoseconds())
}

// chat lets one seat after the other say something, `perSecond` times a second for `duration`.
func (c *class) chat(perSecond float64, duration time.Duration) (Chat, error) {
	total := int(perSecond * duration.Seconds())
	c.chatter.mutex.Lock()
	c.chatter.arrived = make([]float64, 0, total*len(c.seats))
	c.chatter.mutex.Unlock()
	cpu := measure.OwnCPU()
	answers := make([]float64, total)
	failures := make(chan error, total)
	ticks := time.NewTicker(time.Duration(float64(time.Second) / perSecond))
	defer ticks.Stop()
	var waiting sync.WaitGroup
	for number := range total {
		<-ticks.C
		waiting.Go(func() {
			begun := time.Now()
			// Spread over the whole class by a stride that has no divisor in common with usual sizes.
			speaker := c.seats[number*7919%len(c.seats)]
			_, err := speaker.Command("chat.send", map[string]any{
				"text": c.chatter.text(),
				"to":   map[string]string{"kind": "room"},
			})
			if err != nil {
				failures <- err
			}
			answers[number] = time.Since(begun).Seconds() * 1000
		})
	}
	waiting.Wait()
	if len(failures) > 0 {
		return Chat{}, <-failures
	}
	c.settle(total * len(c.seats))
	c.chatter.mutex.Lock()
	defer c.chatter.mutex.Unlock()
	return Chat{
		Seats:           len(c.seats),
		Said:            total,
		Missing:         total*len(c.seats) - len(c.chatter.arrived),
		Arrival:         measure.Of(c.chatter.arrived),
		Answer:          measure.Of(answers),
		RobotCPUSeconds: (measure.OwnCPU() - cpu).Seconds(),
	}, nil
}

// settle waits until `expected` copies have arrived, or for ten seconds.
func (c *class) settle(expected int) {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		c.chatter.mutex.Lock()
		done := len(c.chatter.arrived) >= expected
		c.chatter.mutex.Unlock()
		if done {
			return
		}
	}
}
