package main

import (
	"fmt"
	"net"
	"strconv"
)

// resolve replaces port 0 of a loopback address by a port that is free now. The
// servers want numbers before they listen; should somebody take the port in
// between, they fail, and the parent starts us again.
func resolve(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		// Neither server asks anybody who they are.
		return "", fmt.Errorf("address %s is not on the loopback interface", addr)
	}
	if port != "0" {
		return addr, nil
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func splitPort(addr string) (string, int, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", 0, err
	}
	n, err := strconv.Atoi(port)
	return host, n, err
}
