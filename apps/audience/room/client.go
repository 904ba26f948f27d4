// Package room speaks the room protocol of the appliance over its WebSocket.
package room

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
)

// AnswerWithin bounds how long the server may take for one answer. A join storm on a small machine takes its time.
const AnswerWithin = 120 * time.Second

// Seat is what the operator gave: whose it is, and what opens it.
type Seat struct {
	ParticipantID string `json:"participantId"`
	SeatToken     string `json:"seatToken"`
}

// Dialer opens sockets to one room.
type Dialer struct {
	url    string
	dialer websocket.Dialer
}

// NewDialer trusts `caFile`, or what the machine trusts when it is empty.
func NewDialer(url, caFile string) (*Dialer, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile != "" {
		pem, err := os.ReadFile(caFile)
		if err != nil {
			return nil, err
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("%s holds no certificate", caFile)
		}
	}
	return &Dialer{url, websocket.Dialer{
		TLSClientConfig:  config,
		HandshakeTimeout: AnswerWithin,
		ReadBufferSize:   2048,
		WriteBufferSize:  1024,
	}}, nil
}

// Client is one seat's socket after its welcome.
type Client struct {
	seat    Seat
	socket  *websocket.Conn
	writing sync.Mutex
	mutex   sync.Mutex
	waiting map[string]chan answer
	// alive ends with the reason why the seat is of no use any more.
	alive   context.Context
	end     context.CancelCauseFunc
	onEvent func(frame []byte)
}

type answer struct {
	T       string          `json:"t"`
	ID      string          `json:"id"`
	Payload json.RawMessage `json:"payload"`
	Result  json.RawMessage `json:"result"`
	Problem *Problem        `json:"problem"`
}

// Problem is a coded refusal.
type Problem struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (p *Problem) Error() string { return p.Code + " " + p.Detail }

// Open connects, says hello and waits for the welcome; `onEvents` gets every frame with events from then on.
func (d *Dialer) Open(seat Seat, onEvents func(frame []byte)) (*Client, error) {
	socket, _, err := d.dialer.Dial(d.url, nil)
	if err != nil {
		return nil, fmt.Errorf("the room's socket: %w", err)
	}
	client := &Client{seat: seat, socket: socket, waiting: map[string]chan answer{}, onEvent: onEvents}
	client.alive, client.end = context.WithCancelCause(context.Background())
	welcome := client.expect("welcome")
	go client.read()
	if err := client.write(map[string]any{"t": "hello", "seatToken": seat.SeatToken, "since": nil}); err != nil {
		return nil, err
	}
	if _, err := client.await("welcome", welcome); err != nil {
		client.Close()
		return nil, fmt.Errorf("hello: %w", err)
	}
	return client, nil
}

// Join enters the room, with microphone and camera when `speaking`.
func (c *Client) Join(speaking bool) error {
	_, err := c.Command("participant.join", map[string]bool{"mic": speaking, "camera": speaking})
	if err != nil {
		return fmt.Errorf("participant.join: %w", err)
	}
	return nil
}

// Command says something in the room and waits until it is stored.
func (c *Client) Command(kind string, payload any) (json.RawMessage, error) {
	id := uuid.NewString()
	got, err := c.ask(id, map[string]any{"t": "cmd", "id": id, "type": kind, "payload": payload})
	return got.Result, err
}

// Media asks the media engine something and reads the answer into `result`.
func (c *Client) Media(payload, result any) error {
	id := uuid.NewString()
	got, err := c.ask(id, map[string]any{"t": "media", "id": id, "engine": "mediasoup", "payload": payload})
	if err != nil || result == nil {
		return err
	}
	return json.Unmarshal(got.Payload, result)
}

// Alive is done, with the cause, when the seat is of no use any more.
func (c *Client) Alive() context.Context { return c.alive }

// Close ends the socket without a word: to the room, the seat is lost.
func (c *Client) Close() { _ = c.socket.Close() }

func (c *Client) ask(id string, frame any) (answer, error) {
	reply := c.expect(id)
	if err := c.write(frame); err != nil {
		return answer{}, err
	}
	return c.await(id, reply)
}

func (c *Client) expect(id string) chan answer {
	reply := make(chan answer, 1)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if reason := context.Cause(c.alive); reason != nil {
		reply <- answer{Problem: &Problem{Code: "CLOSED", Detail: reason.Error()}}
	} else {
		c.waiting[id] = reply
	}
	return reply
}

func (c *Client) await(id string, reply chan answer) (answer, error) {
	select {
	case got := <-reply:
		if got.Problem != nil {
			return got, got.Problem
		}
		return got, nil
	case <-time.After(AnswerWithin):
		c.mutex.Lock()
		delete(c.waiting, id)
		c.mutex.Unlock()
		return answer{}, errors.New("no answer in time")
	}
}

func (c *Client) write(frame any) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	return c.socket.WriteJSON(frame)
}

var eventsFrame = []byte(`{"t":"events"`)

func (c *Client) read() {
	var buffer bytes.Buffer
	for {
		_, reader, err := c.socket.NextReader()
		if err == nil {
			buffer.Reset()
			_, err = io.Copy(&buffer, reader)
		}
		if err != nil {
			c.fail(err)
			return
		}
		if frame := buffer.Bytes(); bytes.HasPrefix(frame, eventsFrame) {
			c.onEvent(frame)
		} else {
			c.settle(frame)
		}
	}
}

// settle hands an answer to whoever waits for it. A bye refuses everything that waits.
func (c *Client) settle(frame []byte) {
	if bytes.Contains(frame, []byte(`"type":"seat-closed"`)) {
		c.fail(&Problem{Code: "SEAT_CLOSED", Detail: string(frame)})
		return
	}
	if isPush(frame) {
		return
	}
	var got answer
	if bytes.HasPrefix(frame, []byte(`{"t":"welcome"`)) {
		// With the state of a big class, which nobody here looks at.
		got.ID = "welcome"
	} else if json.Unmarshal(frame, &got) != nil {
		return
	}
	if got.T == "bye" && got.Problem != nil {
		c.fail(got.Problem)
		return
	}
	c.mutex.Lock()
	reply := c.waiting[got.ID]
	delete(c.waiting, got.ID)
	c.mutex.Unlock()
	if reply != nil {
		reply <- got
	}
}

// isPush tells the frames that nobody waits for.
func isPush(frame []byte) bool {
	return bytes.HasPrefix(frame, []byte(`{"t":"media-event"`)) || bytes.HasPrefix(frame, []byte(`{"t":"you"`))
}

func (c *Client) fail(reason error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.end(reason)
	for id, reply := range c.waiting {
		reply <- answer{Problem: &Problem{Code: "CLOSED", Detail: reason.Error()}}
		delete(c.waiting, id)
	}
}
