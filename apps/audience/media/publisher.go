package media

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
)

const (
	audioInterval = 20 * time.Millisecond
	// mtu of a payload, so that a packet with its headers and SRTP's tag passes everywhere.
	mtu = 1150
)

// Publisher is the teacher's robot: it plays a clip into the room, in a loop.
type Publisher struct {
	transport *transport
	video     *outgoing
	audio     *outgoing
	frames    videoFrames
	sounds    [][]byte
	payloader codecs.VP8Payloader
	playing   atomic.Bool
	keyFrame  atomic.Bool
	sent      atomic.Int64
	marked    atomic.Int64
	done      chan struct{}
	stops     []func()
}

// Publish connects a transport and publishes camera and microphone; nothing is sent before Play.
func Publish(room Room, identity *Identity, clip Clip, clock *Clock) (*Publisher, error) {
	frames, err := readIVF(clip.Video)
	if err != nil {
		return nil, err
	}
	sounds, err := readOgg(clip.Audio)
	if err != nil {
		return nil, err
	}
	var offer prepared
	if err := room.Media(map[string]any{"op": "prepare"}, &offer); err != nil {
		return nil, err
	}
	if err := connect(room, offer.Seat, "send", identity); err != nil {
		return nil, err
	}
	publisher := &Publisher{
		frames: frames, sounds: sounds, done: make(chan struct{}),
		payloader: codecs.VP8Payloader{EnablePictureID: true},
	}
	if publisher.transport, err = dial(room.Alive(), offer.Send, identity, publisher); err != nil {
		return nil, err
	}
	publisher.video = &outgoing{
		transport: publisher.transport, payloadType: 96, ssrc: 9601, clockRate: 90_000,
		rtx: &outgoing{transport: publisher.transport, payloadType: 97, ssrc: 9701},
	}
	publisher.audio = &outgoing{transport: publisher.transport, payloadType: 111, ssrc: 11101, clockRate: 48_000}
	if err := publisher.produce(room, offer.Seat); err != nil {
		publisher.Close()
		return nil, err
	}
	publisher.stops = append(publisher.stops,
		clock.every(reportTicks, func() {
			now := time.Now()
			publisher.transport.sendRTCP(publisher.video.report(now))
			publisher.transport.sendRTCP(publisher.audio.report(now))
		}),
		clock.every(consentTicks, func() { _ = publisher.transport.ice.check() }),
	)
	go publisher.show()
	go publisher.speak()
	return publisher, nil
}

func (p *Publisher) produce(room Room, seat string) error {
	nack := []feedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}, {Type: "ccm", Parameter: "fir"}}
	rtcp := map[string]any{"cname": "rehearsal", "reducedSize": true}
	tracks := []struct {
		source     string
		parameters map[string]any
	}{
		{"mic", map[string]any{
			"codecs": []any{map[string]any{
				"mimeType": "audio/opus", "payloadType": p.audio.payloadType, "clockRate": p.audio.clockRate, "channels": 2,
				"parameters": map[string]any{"useinbandfec": 1}, "rtcpFeedback": nack[:1],
			}},
			"encodings": []any{map[string]any{"ssrc": p.audio.ssrc}},
			"rtcp":      rtcp,
		}},
		{"camera", map[string]any{
			"codecs": []any{
				map[string]any{
					"mimeType": "video/VP8", "payloadType": p.video.payloadType, "clockRate": p.video.clockRate,
					"rtcpFeedback": nack,
				},
				map[string]any{
					"mimeType": "video/rtx", "payloadType": p.video.rtx.payloadType, "clockRate": p.video.clockRate,
					"parameters": map[string]any{"apt": p.video.payloadType},
				},
			},
			"encodings": []any{map[string]any{"ssrc": p.video.ssrc, "rtx": map[string]any{"ssrc": p.video.rtx.ssrc}}},
			"rtcp":      rtcp,
		}},
	}
	for _, one := range tracks {
		err := room.Media(map[string]any{
			"op": "produce", "seat": seat, "trackId": uuid.NewString(), "source": one.source,
			"rtpParameters": one.parameters, "muted": false,
		}, nil)
		if err != nil {
			return fmt.Errorf("publishing the %s: %w", one.source, err)
		}
	}
	return nil
}

// show sends picture after picture; one that is asked for anew starts from the next key frame of the clip.
func (p *Publisher) show() {
	next := 0
	p.paced(p.frames.interval, func() {
		if p.keyFrame.Swap(false) {
			for !isKeyFrame(p.frames.frames[next%len(p.frames.frames)]) {
				next++
			}
		}
		payloads := p.payloader.Payload(mtu, p.frames.frames[next%len(p.frames.frames)])
		p.video.send(payloads, true)
		p.video.advance(p.frames.interval)
		p.sent.Add(int64(len(payloads)))
		next++
	})
}

func (p *Publisher) speak() {
	next := 0
	p.paced(audioInterval, func() {
		p.audio.send([][]byte{p.sounds[next%len(p.sounds)]}, false)
		p.audio.advance(audioInterval)
		p.sent.Add(1)
		next++
	})
}

// paced calls `step` at the clip's own rate, late ones at once, until the publisher is closed.
func (p *Publisher) paced(interval time.Duration, step func()) {
	for due := time.Now(); ; due = due.Add(interval) {
		select {
		case <-p.done:
			return
		case <-time.After(time.Until(due)):
		}
		if p.playing.Load() {
			step()
		} else {
			due = time.Now()
		}
	}
}

// Play goes on or rests; a pause starts again with a key frame.
func (p *Publisher) Play(on bool) {
	p.keyFrame.Store(true)
	p.playing.Store(on)
}

// Mark starts the count of Sent anew.
func (p *Publisher) Mark() { p.marked.Store(p.sent.Load()) }

// Sent is how many packets were sent since Mark.
func (p *Publisher) Sent() int { return int(p.sent.Load() - p.marked.Load()) }

func (p *Publisher) rtp(*rtp.Header, []byte, int) {}

// rtcp answers requests for lost packets and for a key frame.
func (p *Publisher) rtcp(packets []rtcp.Packet) {
	for _, packet := range packets {
		switch request := packet.(type) {
		case *rtcp.TransportLayerNack:
			for _, stream := range []*outgoing{p.video, p.audio} {
				if stream.ssrc == request.MediaSSRC {
					stream.again(request)
				}
			}
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			p.keyFrame.Store(true)
		}
	}
}

// Close stops playing and frees the socket.
func (p *Publisher) Close() {
	select {
	case <-p.done:
		return
	default:
		close(p.done)
	}
	for _, stop := range p.stops {
		stop()
	}
	p.transport.close()
}
