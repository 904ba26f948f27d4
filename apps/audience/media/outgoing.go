package media

import (
	"encoding/binary"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// history is how many packets of a stream can be sent again.
const history = 1024

// outgoing is one stream that is being sent, with what was sent lately.
type outgoing struct {
	transport   *transport
	payloadType uint8
	ssrc        uint32
	clockRate   uint32
	// rtx is the stream on which packets are sent again (RFC 4588); nil to repeat them on this one.
	rtx *outgoing

	mutex     sync.Mutex
	number    uint16
	timestamp uint32
	packets   int
	bytes     int
	sent      [history]*rtp.Packet
}

// send gives every payload a packet with the same time stamp; the last one carries the marker.
func (o *outgoing) send(payloads [][]byte, marker bool) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for index, payload := range payloads {
		packet := &rtp.Packet{
			Header: rtp.Header{
				Version: 2, PayloadType: o.payloadType, SSRC: o.ssrc, SequenceNumber: o.number, Timestamp: o.timestamp,
				Marker: marker && index == len(payloads)-1,
			},
			Payload: payload,
		}
		o.sent[o.number%history] = packet
		o.number++
		o.transport.sendRTP(packet)
		o.packets++
		o.bytes += len(payload)
	}
}

// advance moves the time stamp on.
func (o *outgoing) advance(by time.Duration) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.timestamp += uint32(by.Seconds()*float64(o.clockRate) + 0.5)
}

// again sends what a receiver missed and is still known.
func (o *outgoing) again(nack *rtcp.TransportLayerNack) {
	for _, pair := range nack.Nacks {
		for _, number := range pair.PacketList() {
			o.mutex.Lock()
			packet := o.sent[number%history]
			o.mutex.Unlock()
			if packet == nil || packet.SequenceNumber != number {
				continue
			}
			if o.rtx == nil {
				o.transport.sendRTP(packet)
			} else {
				o.rtx.repeat(packet)
			}
		}
	}
}

func (o *outgoing) repeat(original *rtp.Packet) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	header := original.Header
	header.SSRC, header.PayloadType, header.SequenceNumber = o.ssrc, o.payloadType, o.number
	o.number++
	payload := binary.BigEndian.AppendUint16(nil, original.SequenceNumber)
	o.transport.sendRTP(&rtp.Packet{Header: header, Payload: append(payload, original.Payload...)})
}

// report relates the stream's clock to the wall's (RFC 3550 section 6.4.1).
func (o *outgoing) report(now time.Time) *rtcp.SenderReport {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return &rtcp.SenderReport{
		SSRC: o.ssrc, NTPTime: ntp(now), RTPTime: o.timestamp,
		PacketCount: uint32(o.packets), OctetCount: uint32(o.bytes),
	}
}

// ntp is the 64-bit time stamp of RFC 5905: seconds since 1900, and their fraction.
func ntp(at time.Time) uint64 {
	const since1900 = 2_208_988_800
	return uint64(at.Unix()+since1900)<<32 | uint64(at.Nanosecond())<<32/1_000_000_000
}

func (t *transport) sendRTP(packet *rtp.Packet) {
	raw, err := packet.Marshal()
	if err != nil {
		return
	}
	t.sending.Lock()
	defer t.sending.Unlock()
	if cipher, err := t.outward.EncryptRTP(nil, raw, nil); err == nil {
		_, _ = t.conn.Write(cipher)
	}
}

func (t *transport) sendRTCP(packets ...rtcp.Packet) {
	raw, err := rtcp.Marshal(packets)
	if err != nil {
		return
	}
	t.sending.Lock()
	defer t.sending.Unlock()
	if cipher, err := t.outward.EncryptRTCP(nil, raw, nil); err == nil {
		_, _ = t.conn.Write(cipher)
	}
}
