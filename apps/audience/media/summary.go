package media

// Summary of what all listeners received.
type Summary struct {
	Listeners int     `json:"listeners"`
	Seconds   float64 `json:"seconds"`
	Counts
	// LossPctMax is of the worst listener and stream, after recovery; MissedPctMax before it.
	LossPctMax   float64 `json:"lossPctMax"`
	MissedPctMax float64 `json:"missedPctMax"`
	// Video is the same of pictures alone: voices are not sent again, they carry their own redundancy (Opus FEC).
	VideoMissed     int     `json:"videoMissed"`
	VideoLossPctMax float64 `json:"videoLossPctMax"`
	// FewestPackets that any listener got of any stream.
	FewestPackets int `json:"fewestPackets"`
	// RobotSocketDrops are packets that the kernel threw away because a robot read too slowly.
	RobotSocketDrops int     `json:"robotSocketDrops"`
	RobotCPUSeconds  float64 `json:"robotCpuSeconds"`
	// Sent are packets of the teacher.
	Sent int `json:"sent"`
}

// Summarise adds up what the listeners counted.
func Summarise(listeners []*Listener) Summary {
	sum := Summary{Listeners: len(listeners), FewestPackets: -1}
	for _, listener := range listeners {
		listener.each(func(one *stream) {
			counts := one.result()
			sum.Packets += counts.Packets
			sum.Bytes += counts.Bytes
			sum.Expected += counts.Expected
			sum.Missed += counts.Missed
			sum.Recovered += counts.Recovered
			sum.Lost += counts.Lost
			if sum.FewestPackets < 0 || counts.Packets < sum.FewestPackets {
				sum.FewestPackets = counts.Packets
			}
			if counts.Expected > 0 {
				sum.LossPctMax = max(sum.LossPctMax, 100*float64(counts.Lost)/float64(counts.Expected))
				sum.MissedPctMax = max(sum.MissedPctMax, 100*float64(counts.Missed)/float64(counts.Expected))
				if one.kind == "video" {
					sum.VideoMissed += counts.Missed
					sum.VideoLossPctMax = max(sum.VideoLossPctMax, 100*float64(counts.Lost)/float64(counts.Expected))
				}
			}
		})
	}
	return sum
}
