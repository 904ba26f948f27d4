package media

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/pion/dtls/v3"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/srtp/v3"
	"github.com/pion/transport/v4/packetio"
)

// connectWithin bounds ICE and DTLS of one transport; hundreds of handshakes share the machine.
const connectWithin = 60 * time.Second

// replayWindow is how far back a packet may come late, as browsers have it.
const replayWindow = 1024

// handler gets what a transport receives. The slices are valid until it returns.
type handler interface {
	rtp(header *rtp.Header, payload []byte, wireBytes int)
	rtcp(packets []rtcp.Packet)
}

// transport is one WebRTC transport on a UDP socket of its own: the server tells its peers apart by address and port.
//
// One goroutine reads the socket and does everything up to the handler: handing packets on would cost more than the
// packets do.
type transport struct {
	conn    *net.UDPConn
	ice     *iceAgent
	dtls    *dtls.Conn
	toDTLS  *packetio.Buffer
	inward  *srtp.Context
	outward *srtp.Context
	// sending guards `outward`: reports, requests and pictures leave from different goroutines.
	sending sync.Mutex
	ready   chan struct{}
	handler handler
}

// dial connects ICE and then DTLS while `alive` lasts. The server must have been told the identity's fingerprint.
func dial(alive context.Context, remote remoteTransport, identity *Identity, handler handler) (*transport, error) {
	address, err := udpCandidate(remote)
	if err != nil {
		return nil, err
	}
	conn, err := net.DialUDP("udp", nil, address)
	if err != nil {
		return nil, err
	}
	// As much as the machine allows: the robots' own sockets shall not be what loses packets.
	_ = conn.SetReadBuffer(1 << 20)
	t := &transport{
		conn:    conn,
		ice:     newICEAgent(conn, remote.ICE.Fragment, remote.ICE.Password),
		toDTLS:  packetio.NewBuffer(),
		ready:   make(chan struct{}),
		handler: handler,
	}
	t.toDTLS.SetLimitCount(64)
	go t.read()
	if err := t.ice.connect(alive); err != nil {
		t.close()
		return nil, err
	}
	if err := t.secure(alive, remote, identity); err != nil {
		t.close()
		return nil, fmt.Errorf("DTLS: %w", err)
	}
	return t, nil
}

func udpCandidate(remote remoteTransport) (*net.UDPAddr, error) {
	for _, candidate := range remote.Candidates {
		if candidate.Protocol != "udp" {
			continue
		}
		host := candidate.Address
		if host == "" {
			host = candidate.IP
		}
		if ip := net.ParseIP(host); ip != nil {
			return &net.UDPAddr{IP: ip, Port: candidate.Port}, nil
		}
	}
	return nil, errors.New("the server has no UDP candidate")
}

// secure does the DTLS handshake as client and derives the keys of SRTP (RFC 5764).
func (t *transport) secure(alive context.Context, remote remoteTransport, identity *Identity) error {
	conn, err := dtls.ClientWithOptions(dtlsSide{t}, t.conn.RemoteAddr(),
		dtls.WithCertificates(identity.certificate),
		dtls.WithInsecureSkipVerify(true),
		dtls.WithVerifyPeerCertificate(verifier(remote.DTLS.Fingerprints)),
		dtls.WithExtendedMasterSecret(dtls.RequireExtendedMasterSecret),
		dtls.WithSRTPProtectionProfiles(dtls.SRTP_AEAD_AES_128_GCM, dtls.SRTP_AEAD_AES_256_GCM),
	)
	if err != nil {
		return err
	}
	t.dtls = conn
	ctx, cancel := context.WithTimeout(alive, connectWithin)
	defer cancel()
	if err := conn.HandshakeContext(ctx); err != nil {
		return err
	}
	return t.deriveKeys(conn)
}

func (t *transport) deriveKeys(conn *dtls.Conn) error {
	profile, ok := conn.SelectedSRTPProtectionProfile()
	if !ok {
		return errors.New("no protection profile was agreed on")
	}
	state, ok := conn.ConnectionState()
	if !ok {
		return errors.New("the handshake left no state")
	}
	config := srtp.Config{Profile: srtp.ProtectionProfile(profile)}
	err := config.ExtractSessionKeysFromDTLS(&state, true)
	if err != nil {
		return err
	}
	keys := config.Keys
	if t.outward, err = srtp.CreateContext(keys.LocalMasterKey, keys.LocalMasterSalt, config.Profile); err != nil {
		return err
	}
	t.inward, err = srtp.CreateContext(keys.RemoteMasterKey, keys.RemoteMasterSalt, config.Profile,
		srtp.SRTPReplayProtection(replayWindow))
	if err != nil {
		return err
	}
	close(t.ready)
	return nil
}

// read tells packets apart by their first byte (RFC 7983) until the socket is closed.
func (t *transport) read() {
	packet := make([]byte, 2048)
	plain := make([]byte, 0, 2048)
	var header rtp.Header
	for {
		size, err := t.conn.Read(packet)
		if errors.Is(err, net.ErrClosed) {
			_ = t.toDTLS.Close()
			return
		}
		if err != nil || size == 0 {
			continue
		}
		switch first := packet[0]; {
		case first < 4:
			t.ice.received(packet[:size])
		case first >= 20 && first <= 63:
			_, _ = t.toDTLS.Write(packet[:size])
		case first >= 128 && first <= 191 && t.isReady():
			if kind := packet[1]; kind >= 192 && kind <= 223 {
				t.readRTCP(packet[:size])
			} else if body, err := t.inward.DecryptRTP(plain, packet[:size], &header); err == nil {
				t.handler.rtp(&header, body[headerLength(body):], size)
			}
		}
	}
}

// headerLength of an RTP packet as it came (RFC 3550 section 5.1): with the padding of its extensions, which the parsed
// header no longer has.
func headerLength(packet []byte) int {
	length := 12 + 4*int(packet[0]&0x0f)
	if packet[0]&0x10 != 0 && len(packet) >= length+4 {
		length += 4 + 4*int(binary.BigEndian.Uint16(packet[length+2:]))
	}
	return min(length, len(packet))
}

func (t *transport) isReady() bool {
	select {
	case <-t.ready:
		return true
	default:
		return false
	}
}

func (t *transport) readRTCP(packet []byte) {
	body, err := t.inward.DecryptRTCP(nil, packet, nil)
	if err != nil {
		return
	}
	if packets, err := rtcp.Unmarshal(body); err == nil {
		t.handler.rtcp(packets)
	}
}

func (t *transport) port() int { return t.conn.LocalAddr().(*net.UDPAddr).Port }

func (t *transport) close() {
	_ = t.conn.Close()
	if t.dtls != nil {
		_ = t.dtls.Close()
	}
}

// dtlsSide is the transport as DTLS sees it.
type dtlsSide struct{ *transport }

func (d dtlsSide) ReadFrom(packet []byte) (int, net.Addr, error) {
	size, err := d.toDTLS.Read(packet)
	return size, d.conn.RemoteAddr(), err
}
func (d dtlsSide) WriteTo(packet []byte, _ net.Addr) (int, error) { return d.conn.Write(packet) }
func (d dtlsSide) Close() error                                   { return nil }
func (d dtlsSide) LocalAddr() net.Addr                            { return d.conn.LocalAddr() }
func (d dtlsSide) SetDeadline(at time.Time) error                 { return d.toDTLS.SetReadDeadline(at) }
func (d dtlsSide) SetReadDeadline(at time.Time) error             { return d.toDTLS.SetReadDeadline(at) }
func (d dtlsSide) SetWriteDeadline(time.Time) error               { return nil }
