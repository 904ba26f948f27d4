// Command audience lets many robots attend a class without a browser: real room sockets, ICE, DTLS and SRTP in one process.
//
// It reads a plan and then orders as JSON lines on standard input and tells on standard output what came of them. It ends
// when its input does.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"lyceum/audience/measure"
	"lyceum/audience/media"
	"lyceum/audience/room"
)

func main() {
	// One core, as the server shall have the others: with more, waking each other up costs the robots a quarter more.
	runtime.GOMAXPROCS(1)
	tell := &teller{out: json.NewEncoder(os.Stdout)}
	if err := run(tell); err != nil {
		tell.Tell("failed", err.Error())
		os.Exit(1)
	}
}

func run(tell *teller) error {
	plan, next, err := orders(os.Stdin)
	if err != nil {
		return err
	}
	dialer, err := room.NewDialer(plan.URL, plan.CAFile)
	if err != nil {
		return err
	}
	class, err := newClass(plan, dialer)
	if err != nil {
		return err
	}
	defer class.leave()
	storm, err := class.join()
	if err != nil {
		return err
	}
	tell.Tell("joined", storm)
	for order := range next {
		if err := class.obey(order, tell); err != nil {
			return fmt.Errorf("%s: %w", order.Do, err)
		}
		if order.Do == "leave" {
			return nil
		}
	}
	return nil
}

// obey does one thing and tells how it went.
func (c *class) obey(order Order, tell *teller) error {
	duration := time.Duration(order.Seconds * float64(time.Second))
	switch order.Do {
	case "chat":
		tell.Tell("measuring", nil)
		result, err := c.chat(order.PerSecond, duration)
		if err != nil {
			return err
		}
		tell.Tell("chatted", result)
	case "play", "rest", "measure":
		if c.publisher == nil {
			return errors.New("nobody plays anything in this class")
		}
		if order.Do == "measure" {
			c.measure(duration, tell)
			return nil
		}
		c.publisher.Play(order.Do == "play")
		tell.Tell(order.Do, nil)
	case "leave":
		c.endRoom()
		tell.Tell("left", nil)
	default:
		return fmt.Errorf("no such order")
	}
	return nil
}

// measure counts what arrives in `duration`, and a moment longer for what is sent again.
func (c *class) measure(duration time.Duration, tell *teller) {
	drops := media.SocketDrops(c.ports())
	begun := measure.OwnCPU()
	c.publisher.Mark()
	for _, listener := range c.listeners {
		listener.Begin()
	}
	tell.Tell("measuring", nil)
	time.Sleep(duration)
	for _, listener := range c.listeners {
		listener.End()
	}
	spent, sent := measure.OwnCPU()-begun, c.publisher.Sent()
	tell.Tell("counted", nil)
	time.Sleep(media.RecoverWithin)
	sum := media.Summarise(c.listeners)
	sum.Seconds = duration.Seconds()
	sum.RobotCPUSeconds = spent.Seconds()
	sum.RobotSocketDrops = media.SocketDrops(c.ports()) - drops
	sum.Sent = sent
	tell.Tell("measured", sum)
}
