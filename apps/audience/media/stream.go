package media

import (
	"time"

	"github.com/pion/rtcp"
)

const (
	// RecoverWithin is how late a packet may be sent again and still be heard or seen: a second of buffer.
	RecoverWithin = time.Second
	// askAgainAfter is how long a request to send again may stay without effect.
	askAgainAfter = 60 * time.Millisecond
	// mostMissing is how many packets may be missed at once before the stream counts as broken off and resumed.
	mostMissing = 1000
)

// stream is what one receiver knows of one sender: which packets came, which are missing, which were sent again.
// Its listener's mutex guards it.
type stream struct {
	ssrc      uint32
	rtxSSRC   uint32
	clockRate uint32
	kind      string
	begun     bool
	highest   uint64
	missing   map[uint64]*gap
	counting  bool
	from      uint64
	counts    Counts
}

type gap struct {
	since time.Time
	asked time.Time
}

// Counts of a stream since counting began.
type Counts struct {
	Packets   int `json:"packets"`
	Bytes     int `json:"bytes"`
	Expected  int `json:"expected"`
	Missed    int `json:"missed"`
	Recovered int `json:"recovered"`
	Lost      int `json:"lost"`
}

// begin counts from the next packet on.
func (s *stream) begin() {
	s.counting = true
	s.from = s.highest + 1
	s.counts = Counts{}
}

// end closes the range that is counted; what is missing may still come until the counts are read.
func (s *stream) end() {
	s.counting = false
	s.counts.Expected = int(s.highest + 1 - s.from)
}

// result is what became of the counted range.
func (s *stream) result() Counts {
	counts := s.counts
	counts.Lost = counts.Missed - counts.Recovered
	return counts
}

// received takes a sequence number of the stream itself. True when packets before it are missing.
func (s *stream) received(number uint16, size int, now time.Time) bool {
	if s.counting {
		s.counts.Packets++
		s.counts.Bytes += size
	}
	if !s.begun {
		s.begun = true
		s.highest = 1<<32 | uint64(number)
		s.from = s.highest
		return false
	}
	at := s.highest + uint64(int64(int16(number-uint16(s.highest))))
	if at <= s.highest {
		s.came(at)
		return false
	}
	behind := at - s.highest - 1
	for lost := s.highest + 1; behind <= mostMissing && lost < at; lost++ {
		s.missing[lost] = &gap{since: now}
	}
	if s.counting {
		s.counts.Missed += int(behind)
	}
	s.highest = at
	return behind > 0
}

// resent takes the original number of a packet that came on the retransmission stream (RFC 4588).
func (s *stream) resent(number uint16, size int) {
	if s.counting {
		s.counts.Bytes += size
	}
	if s.begun {
		s.came(s.highest + uint64(int64(int16(number-uint16(s.highest)))))
	}
}

func (s *stream) came(at uint64) {
	if s.missing[at] == nil {
		return
	}
	delete(s.missing, at)
	if at >= s.from {
		s.counts.Recovered++
	}
}

// wanted is what to ask for again now (RFC 4585 section 6.2.1); nil when nothing is due. Gives up what is too late.
func (s *stream) wanted(now time.Time) *rtcp.TransportLayerNack {
	var numbers []uint16
	for at, gap := range s.missing {
		if now.Sub(gap.since) > RecoverWithin {
			delete(s.missing, at)
		} else if now.Sub(gap.asked) > askAgainAfter {
			gap.asked = now
			numbers = append(numbers, uint16(at))
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	return &rtcp.TransportLayerNack{MediaSSRC: s.ssrc, Nacks: rtcp.NackPairsFromSequenceNumbers(numbers)}
}

// report is what a receiver says once a second (RFC 3550 section 6.4.2).
func (s *stream) report() rtcp.ReceptionReport {
	return rtcp.ReceptionReport{SSRC: s.ssrc, LastSequenceNumber: uint32(s.highest)}
}
