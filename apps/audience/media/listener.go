package media

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

const (
	// pictureWithin bounds the wait for a track to be published and to arrive.
	pictureWithin = 60 * time.Second
	lookAgain     = 300 * time.Millisecond
	nackTicks     = 1
	reportTicks   = 50
	consentTicks  = 250
	ownSSRC       = 1
)

// Listener is a robot that receives what is published in its room.
type Listener struct {
	transport *transport
	mutex     sync.Mutex
	streams   map[uint32]*stream
	resent    map[uint32]*stream
	lose      float64
	picture   chan struct{}
	pictured  time.Time
	once      sync.Once
	stops     []func()
}

// Listen connects a transport and subscribes to all tracks of the room; of what arrives, the share `lose` is thrown away.
func Listen(room Room, identity *Identity, clock *Clock, lose float64) (*Listener, error) {
	var offer prepared
	if err := room.Media(map[string]any{"op": "prepare"}, &offer); err != nil {
		return nil, err
	}
	if err := connect(room, offer.Seat, "recv", identity); err != nil {
		return nil, err
	}
	listener := &Listener{
		streams: map[uint32]*stream{}, resent: map[uint32]*stream{}, picture: make(chan struct{}), lose: lose,
	}
	transport, err := dial(room.Alive(), offer.Recv, identity, listener)
	if err != nil {
		return nil, err
	}
	listener.transport = transport
	if err := listener.subscribe(room, offer); err != nil {
		listener.Close()
		return nil, err
	}
	listener.stops = append(listener.stops,
		clock.every(nackTicks, listener.ask),
		clock.every(reportTicks, listener.report),
		clock.every(consentTicks, func() { _ = transport.ice.check() }),
	)
	return listener, nil
}

// subscribe consumes every track, once there is one that this seat may know.
func (l *Listener) subscribe(room Room, offer prepared) error {
	tracks := offer.Tracks
	for deadline := time.Now().Add(pictureWithin); len(tracks) == 0; time.Sleep(lookAgain) {
		var now struct {
			Tracks []track `json:"tracks"`
		}
		if err := room.Media(map[string]any{"op": "sync", "seat": offer.Seat}, &now); err != nil {
			return err
		}
		if tracks = now.Tracks; time.Now().After(deadline) {
			return errors.New("nothing is published in this room")
		}
	}
	ids := make([]string, len(tracks))
	for index, one := range tracks {
		ids[index] = one.TrackID
	}
	var got consumed
	err := room.Media(map[string]any{
		"op": "consume", "seat": offer.Seat, "trackIds": ids, "rtpCapabilities": offer.Router.receivable(),
	}, &got)
	if err != nil {
		return err
	}
	l.mutex.Lock()
	for _, consumer := range got.Consumers {
		encoding := consumer.Parameters.Encodings[0]
		one := &stream{
			ssrc: encoding.SSRC, kind: consumer.Kind, clockRate: consumer.Parameters.Codecs[0].ClockRate,
			missing: map[uint64]*gap{},
		}
		l.streams[one.ssrc] = one
		if encoding.RTX != nil {
			l.resent[encoding.RTX.SSRC] = one
		}
	}
	l.mutex.Unlock()
	return room.Media(map[string]any{"op": "resumeConsumer", "seat": offer.Seat, "trackIds": ids}, nil)
}

// AwaitPicture returns when the first packet of a video arrived.
func (l *Listener) AwaitPicture() (time.Time, error) {
	select {
	case <-l.picture:
		return l.pictured, nil
	case <-time.After(pictureWithin):
		return time.Time{}, errors.New("no picture arrives")
	}
}

func (l *Listener) rtp(header *rtp.Header, payload []byte, wireBytes int) {
	if l.lose > 0 && rand.Float64() < l.lose {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if one := l.streams[header.SSRC]; one != nil {
		if one.kind == "video" {
			l.once.Do(func() {
				l.pictured = time.Now()
				close(l.picture)
			})
		}
		if one.received(header.SequenceNumber, wireBytes, time.Now()) {
			l.askFor(one)
		}
	} else if one := l.resent[header.SSRC]; one != nil && len(payload) >= 2 {
		one.resent(binary.BigEndian.Uint16(payload), wireBytes)
	}
}

// rtcp: sender reports place packets in time, which nobody here looks at.
func (l *Listener) rtcp([]rtcp.Packet) {}

func (l *Listener) ask() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, one := range l.streams {
		if len(one.missing) > 0 {
			l.askFor(one)
		}
	}
}

func (l *Listener) askFor(one *stream) {
	if nack := one.wanted(time.Now()); nack != nil {
		nack.SenderSSRC = ownSSRC
		l.transport.sendRTCP(nack)
	}
}

func (l *Listener) report() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	report := &rtcp.ReceiverReport{SSRC: ownSSRC}
	for _, one := range l.streams {
		if one.begun {
			report.Reports = append(report.Reports, one.report())
		}
	}
	l.transport.sendRTCP(report)
}

// Begin counts what arrives from now on.
func (l *Listener) Begin() { l.each((*stream).begin) }

// End stops counting; what was sent before may still be recovered for RecoverWithin.
func (l *Listener) End() { l.each((*stream).end) }

func (l *Listener) each(do func(*stream)) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, one := range l.streams {
		do(one)
	}
}

// Port of the robot's UDP socket.
func (l *Listener) Port() int { return l.transport.port() }

// Close frees the socket.
func (l *Listener) Close() {
	for _, stop := range l.stops {
		stop()
	}
	l.transport.close()
}
