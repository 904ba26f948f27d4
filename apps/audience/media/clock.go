package media

import (
	"sync"
	"time"
)

// Clock wakes all transports of a process together: hundreds of timers of their own would cost more than their work.
type Clock struct {
	mutex sync.Mutex
	tasks map[int]func(tick int)
	next  int
}

// Tick is how often tasks are called.
const Tick = 20 * time.Millisecond

// NewClock starts ticking; it never stops, as its process has nothing else to do.
func NewClock() *Clock {
	clock := &Clock{tasks: map[int]func(int){}}
	go func() {
		ticker := time.NewTicker(Tick)
		for tick := 0; ; tick++ {
			<-ticker.C
			clock.mutex.Lock()
			for _, task := range clock.tasks {
				task(tick)
			}
			clock.mutex.Unlock()
		}
	}()
	return clock
}

// every calls `task` with each `ticks`th tick, tasks spread over them; returns how to stop.
func (c *Clock) every(ticks int, task func()) (stop func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	id := c.next
	c.next++
	c.tasks[id] = func(tick int) {
		if (tick+id)%ticks == 0 {
			task()
		}
	}
	return func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		delete(c.tasks, id)
	}
}
