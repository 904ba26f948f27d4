package media

import (
	"os"
	"strconv"
	"strings"
)

// SocketDrops is how many packets the kernel has thrown away on the UDP sockets with these local ports because their
// owner read too slowly: what the network did is another matter.
func SocketDrops(ports map[int]bool) int {
	total := 0
	for _, table := range []string{"/proc/net/udp", "/proc/net/udp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(text)) {
			fields := strings.Fields(line)
			if len(fields) < 13 {
				continue
			}
			_, hex, _ := strings.Cut(fields[1], ":")
			port, err := strconv.ParseInt(hex, 16, 32)
			if err != nil || !ports[int(port)] {
				continue
			}
			drops, _ := strconv.Atoi(fields[len(fields)-1])
			total += drops
		}
	}
	return total
}
