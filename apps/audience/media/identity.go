package media

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/pion/dtls/v3/pkg/crypto/selfsign"
)

// Identity is the certificate all robots show; making one each would measure key generation.
type Identity struct {
	certificate tls.Certificate
	fingerprint string
}

// NewIdentity makes a self-signed certificate, as browsers do.
func NewIdentity() (*Identity, error) {
	certificate, err := selfsign.GenerateSelfSigned()
	if err != nil {
		return nil, err
	}
	return &Identity{certificate, fingerprintOf(certificate.Certificate[0])}, nil
}

func fingerprintOf(der []byte) string {
	sum := sha256.Sum256(der)
	parts := make([]string, len(sum))
	for index, one := range sum {
		parts[index] = fmt.Sprintf("%02X", one)
	}
	return strings.Join(parts, ":")
}

// verifier accepts the one certificate whose fingerprint came over the signalling channel (RFC 8122).
func verifier(expected []fingerprint) func([][]byte, [][]*x509.Certificate) error {
	return func(raw [][]byte, _ [][]*x509.Certificate) error {
		for _, one := range expected {
			if one.Algorithm == "sha-256" && len(raw) > 0 && strings.EqualFold(one.Value, fingerprintOf(raw[0])) {
				return nil
			}
		}
		return errors.New("the server's certificate has another fingerprint than it told")
	}
}
