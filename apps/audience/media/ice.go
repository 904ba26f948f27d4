package media

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/pion/stun/v3"
)

// RFC 8445 for one pair of candidates: this side is a full agent and controls, the server is ICE-lite and waits.
type iceAgent struct {
	conn     *net.UDPConn
	username string
	remote   stun.MessageIntegrity
	tie      [8]byte
	mutex    sync.Mutex
	pending  map[[stun.TransactionIDSize]byte]time.Time
	selected chan struct{}
	once     sync.Once
}

// Retransmission of the first check (RFC 8489 section 6.2.1, with the timer ICE allows on a fast path).
const (
	firstCheckAfter = 50 * time.Millisecond
	checkTries      = 9
	consentLasts    = 30 * time.Second
	priority        = 0x7e0000ff
)

func newICEAgent(conn *net.UDPConn, fragment, password string) *iceAgent {
	agent := &iceAgent{
		conn:     conn,
		username: fragment + ":" + randomText(4),
		remote:   stun.NewShortTermIntegrity(password),
		pending:  map[[stun.TransactionIDSize]byte]time.Time{},
		selected: make(chan struct{}),
	}
	_, _ = rand.Read(agent.tie[:])
	return agent
}

func randomText(bytes int) string {
	raw := make([]byte, bytes)
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}

// connect checks and nominates the pair; returns when the server has answered.
func (a *iceAgent) connect(alive context.Context) error {
	wait := firstCheckAfter
	for range checkTries {
		if err := a.check(); err != nil {
			return err
		}
		select {
		case <-a.selected:
			return nil
		case <-alive.Done():
			return context.Cause(alive)
		case <-time.After(wait):
			wait *= 2
		}
	}
	return errors.New("the server answers no connectivity check")
}

// check sends one check that nominates; later ones keep the server's consent to send (RFC 7675).
func (a *iceAgent) check() error {
	message, err := stun.Build(
		stun.TransactionID,
		stun.BindingRequest,
		stun.NewUsername(a.username),
		stun.RawAttribute{Type: stun.AttrUseCandidate},
		stun.RawAttribute{Type: stun.AttrICEControlling, Value: a.tie[:]},
		stun.RawAttribute{Type: stun.AttrPriority, Value: []byte{priority >> 24, priority >> 16 & 0xff, priority >> 8 & 0xff, priority & 0xff}},
		a.remote,
		stun.Fingerprint,
	)
	if err != nil {
		return err
	}
	a.mutex.Lock()
	for id, at := range a.pending {
		if time.Since(at) > consentLasts {
			delete(a.pending, id)
		}
	}
	a.pending[message.TransactionID] = time.Now()
	a.mutex.Unlock()
	_, err = a.conn.Write(message.Raw)
	return err
}

// received takes a STUN message; only a response to a check of ours, proven by the server's password, counts.
func (a *iceAgent) received(packet []byte) {
	message := &stun.Message{Raw: append([]byte{}, packet...)}
	if message.Decode() != nil || message.Type != stun.BindingSuccess || a.remote.Check(message) != nil {
		return
	}
	a.mutex.Lock()
	_, asked := a.pending[message.TransactionID]
	delete(a.pending, message.TransactionID)
	a.mutex.Unlock()
	if asked {
		a.once.Do(func() { close(a.selected) })
	}
}
