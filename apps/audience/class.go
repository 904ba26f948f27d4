package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"lyceum/audience/measure"
	"lyceum/audience/media"
	"lyceum/audience/room"
)

// class is the robots of one plan.
type class struct {
	plan     Plan
	dialer   *room.Dialer
	identity *media.Identity
	seats    []*room.Client
	// mutex guards the listeners while seats are being taken.
	mutex     sync.Mutex
	listeners []*media.Listener
	publisher *media.Publisher
	chatter   *chatter
	clock     *media.Clock
}

// Storm is how long the seats took to be taken.
type Storm struct {
	Seats   int     `json:"seats"`
	Seconds float64 `json:"seconds"`
	// Socket opened, hello said and welcome received.
	Welcome measure.Quantiles `json:"welcomeMs"`
	// From the start to being present in the room.
	Present measure.Quantiles `json:"presentMs"`
	// From the teacher's first picture, shown when all are in, to its first packet; only where there are pictures.
	Media *measure.Quantiles `json:"mediaMs,omitempty"`
}

func newClass(plan Plan, dialer *room.Dialer) (*class, error) {
	if len(plan.Seats) == 0 {
		return nil, fmt.Errorf("the plan has no seats")
	}
	identity, err := media.NewIdentity()
	if err != nil {
		return nil, err
	}
	return &class{
		plan:      plan,
		dialer:    dialer,
		identity:  identity,
		seats:     make([]*room.Client, len(plan.Seats)),
		listeners: make([]*media.Listener, 0, len(plan.Seats)),
		chatter:   newChatter(),
		clock:     media.NewClock(),
	}, nil
}

// join takes all seats: the teacher's alone first, then the others, `AtOnce` at one moment.
func (c *class) join() (Storm, error) {
	times := make([]seatTimes, len(c.plan.Seats))
	if err := c.take(0, &times[0]); err != nil {
		return Storm{}, fmt.Errorf("the teacher: %w", err)
	}
	begun := time.Now()
	gate := make(chan struct{}, max(1, c.atOnce()))
	var waiting sync.WaitGroup
	var failed error
	for index := 1; index < len(c.plan.Seats); index++ {
		gate <- struct{}{}
		if c.hasFailed(&failed) {
			break
		}
		waiting.Go(func() {
			defer func() { <-gate }()
			if err := c.take(index, &times[index]); err != nil {
				c.mutex.Lock()
				defer c.mutex.Unlock()
				failed = fmt.Errorf("seat %d: %w", index, err)
			}
		})
	}
	waiting.Wait()
	if failed != nil {
		return Storm{}, failed
	}
	storm := stormOf(times[1:], time.Since(begun))
	if c.publisher == nil {
		return storm, nil
	}
	pictures, err := c.begin()
	storm.Media = &pictures
	return storm, err
}

func (c *class) hasFailed(failed *error) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return *failed != nil
}

func (c *class) atOnce() int {
	if c.plan.AtOnce > 0 {
		return c.plan.AtOnce
	}
	return len(c.plan.Seats)
}

// take seats one robot; with a clip, the first seat shows it and the others watch.
func (c *class) take(index int, times *seatTimes) error {
	begun := time.Now()
	client, err := c.dialer.Open(c.plan.Seats[index], c.chatter.heard)
	if err != nil {
		return err
	}
	c.seats[index] = client
	times.welcome = time.Since(begun)
	if err := client.Join(index == 0 && c.plan.Clip != nil); err != nil {
		return err
	}
	times.present = time.Since(begun)
	if c.plan.Clip == nil {
		return nil
	}
	if index == 0 {
		c.publisher, err = media.Publish(client, c.identity, *c.plan.Clip, c.clock)
		return err
	}
	listener, err := media.Listen(client, c.identity, c.clock, c.plan.Lose)
	if err != nil {
		// What fails below may only follow from the server's having closed the seat.
		return errors.Join(err, context.Cause(client.Alive()))
	}
	c.mutex.Lock()
	c.listeners = append(c.listeners, listener)
	c.mutex.Unlock()
	return nil
}

// begin lets the teacher play once everybody is connected, as a class begins; returns when all see it.
func (c *class) begin() (measure.Quantiles, error) {
	begun := time.Now()
	c.publisher.Play(true)
	waits := make([]float64, len(c.listeners))
	for index, listener := range c.listeners {
		seen, err := listener.AwaitPicture()
		if err != nil {
			return measure.Quantiles{}, err
		}
		waits[index] = seen.Sub(begun).Seconds() * 1000
	}
	return measure.Of(waits), nil
}

// ports of the robots' UDP sockets.
func (c *class) ports() map[int]bool {
	ports := map[int]bool{}
	for _, listener := range c.listeners {
		ports[listener.Port()] = true
	}
	return ports
}

// endRoom lets the teacher end the class, which makes all seat tokens worthless.
func (c *class) endRoom() {
	if teacher := c.seats[0]; teacher != nil {
		_, _ = teacher.Command("room.end", struct{}{})
	}
}

func (c *class) leave() {
	for _, listener := range c.listeners {
		listener.Close()
	}
	if c.publisher != nil {
		c.publisher.Close()
	}
	for _, client := range c.seats {
		if client != nil {
			client.Close()
		}
	}
}

type seatTimes struct{ welcome, present time.Duration }

func stormOf(times []seatTimes, took time.Duration) Storm {
	pick := func(of func(seatTimes) time.Duration) measure.Quantiles {
		var all []float64
		for _, one := range times {
			all = append(all, of(one).Seconds()*1000)
		}
		return measure.Of(all)
	}
	return Storm{
		Seats:   len(times) + 1,
		Seconds: took.Seconds(),
		Welcome: pick(func(t seatTimes) time.Duration { return t.welcome }),
		Present: pick(func(t seatTimes) time.Duration { return t.present }),
	}
}
