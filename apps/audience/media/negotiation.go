// Package media sends and receives the way a browser does: ICE, DTLS and SRTP towards mediasoup's WebRTC transports.
package media

import (
	"context"
	"encoding/json"
)

// Room is what the media of a seat needs of its room socket.
type Room interface {
	// Media asks the media engine something and reads the answer into `result`, unless that is nil.
	Media(payload, result any) error
	// Alive is done when the seat is of no use any more.
	Alive() context.Context
}

// prepared is the answer to `prepare`: two transports and what is published.
type prepared struct {
	Seat   string             `json:"seat"`
	Router routerCapabilities `json:"routerRtpCapabilities"`
	Send   remoteTransport    `json:"send"`
	Recv   remoteTransport    `json:"recv"`
	Feed   struct {
		Stream struct {
			StreamID uint16 `json:"streamId"`
		} `json:"sctpStreamParameters"`
	} `json:"feed"`
	Tracks []track `json:"tracks"`
}

type track struct {
	TrackID string `json:"trackId"`
	Kind    string `json:"kind"`
}

type remoteTransport struct {
	ICE struct {
		Fragment string `json:"usernameFragment"`
		Password string `json:"password"`
	} `json:"iceParameters"`
	Candidates []struct {
		IP       string `json:"ip"`
		Address  string `json:"address"`
		Port     int    `json:"port"`
		Protocol string `json:"protocol"`
	} `json:"iceCandidates"`
	DTLS struct {
		Fingerprints []fingerprint `json:"fingerprints"`
	} `json:"dtlsParameters"`
}

type fingerprint struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

type routerCapabilities struct {
	Codecs []capability `json:"codecs"`
}

type capability struct {
	Kind         string          `json:"kind"`
	MimeType     string          `json:"mimeType"`
	PayloadType  int             `json:"preferredPayloadType"`
	ClockRate    int             `json:"clockRate"`
	Channels     int             `json:"channels,omitempty"`
	Parameters   json.RawMessage `json:"parameters,omitempty"`
	RTCPFeedback []feedback      `json:"rtcpFeedback"`
}

type feedback struct {
	Type      string `json:"type"`
	Parameter string `json:"parameter,omitempty"`
}

// receivable is what these robots take: everything the router has, without bandwidth estimation, which they don't do.
func (r routerCapabilities) receivable() map[string]any {
	codecs := make([]capability, 0, len(r.Codecs))
	for _, codec := range r.Codecs {
		kept := []feedback{}
		for _, one := range codec.RTCPFeedback {
			if one.Type == "nack" || one.Type == "ccm" {
				kept = append(kept, one)
			}
		}
		codec.RTCPFeedback = kept
		codecs = append(codecs, codec)
	}
	return map[string]any{"codecs": codecs, "headerExtensions": []any{}}
}

// consumed is the answer to `consume`.
type consumed struct {
	Consumers []struct {
		TrackID    string `json:"trackId"`
		Kind       string `json:"kind"`
		Parameters struct {
			Codecs []struct {
				ClockRate uint32 `json:"clockRate"`
			} `json:"codecs"`
			Encodings []struct {
				SSRC uint32 `json:"ssrc"`
				RTX  *struct {
					SSRC uint32 `json:"ssrc"`
				} `json:"rtx"`
			} `json:"encodings"`
		} `json:"rtpParameters"`
	} `json:"consumers"`
}

// connect tells the server who will come to the transport.
func connect(room Room, seat, direction string, identity *Identity) error {
	return room.Media(map[string]any{
		"op":        "connectTransport",
		"seat":      seat,
		"direction": direction,
		"dtlsParameters": map[string]any{
			"role":         "client",
			"fingerprints": []fingerprint{{"sha-256", identity.fingerprint}},
		},
	}, nil)
}
