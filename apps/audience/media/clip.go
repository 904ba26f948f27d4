package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"
)

// Clip is what the teacher shows and says, encoded beforehand, in a loop.
type Clip struct {
	// Video is an IVF file with VP8, starting with a key frame.
	Video string `json:"video"`
	// Audio is an Ogg file with Opus, 20 ms and one packet to a page.
	Audio string `json:"audio"`
}

type videoFrames struct {
	frames   [][]byte
	interval time.Duration
}

const (
	ivfHeader      = 32
	ivfFrameHeader = 12
	oggHeader      = 27
)

// isKeyFrame: RFC 6386 section 9.1, the lowest bit of the frame tag.
func isKeyFrame(frame []byte) bool { return len(frame) > 0 && frame[0]&1 == 0 }

func readIVF(path string) (videoFrames, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return videoFrames{}, err
	}
	if len(file) < ivfHeader || string(file[:4]) != "DKIF" || string(file[8:12]) != "VP80" {
		return videoFrames{}, fmt.Errorf("%s is no IVF file with VP8", path)
	}
	rate, scale := binary.LittleEndian.Uint32(file[16:]), binary.LittleEndian.Uint32(file[20:])
	video := videoFrames{interval: time.Second * time.Duration(scale) / time.Duration(max(1, rate))}
	for rest := file[ivfHeader:]; len(rest) >= ivfFrameHeader; {
		size := int(binary.LittleEndian.Uint32(rest))
		if len(rest) < ivfFrameHeader+size {
			break
		}
		video.frames = append(video.frames, rest[ivfFrameHeader:ivfFrameHeader+size])
		rest = rest[ivfFrameHeader+size:]
	}
	if len(video.frames) == 0 || !isKeyFrame(video.frames[0]) {
		return video, errors.New("the video does not start with a key frame")
	}
	return video, nil
}

// readOgg returns the Opus packets (RFC 7845), without the two pages that describe them.
func readOgg(path string) ([][]byte, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var packets [][]byte
	for rest := file; len(rest) >= oggHeader && bytes.HasPrefix(rest, []byte("OggS")); {
		segments := int(rest[26])
		size := 0
		for _, one := range rest[oggHeader : oggHeader+segments] {
			size += int(one)
		}
		start := oggHeader + segments
		packets = append(packets, rest[start:start+size])
		rest = rest[start+size:]
	}
	if len(packets) < 3 {
		return nil, fmt.Errorf("%s is no Ogg file with Opus", path)
	}
	return packets[2:], nil
}
