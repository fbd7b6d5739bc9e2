package main

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/lab"
)

// named is a noun by its id and its name.
type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// runInfo is a run as `lics run start`, `list` and the controls print it. The
// names are those of the API.
type runInfo struct {
	ID              string        `json:"id"`
	Status          lab.RunStatus `json:"status"`
	ProtocolName    string        `json:"protocolName"`
	ProtocolVersion struct {
		ID     string `json:"id"`
		Number int    `json:"number"`
		Hash   string `json:"hash"`
	} `json:"protocolVersion"`
	Subject     *named          `json:"subject"`
	Experiment  *named          `json:"experiment"`
	Devices     []runDevice     `json:"devices"`
	Parameters  json.RawMessage `json:"parameters"`
	Seed        int64           `json:"seed"`
	Outcome     string          `json:"outcome"`
	Error       string          `json:"error"`
	Key         *string         `json:"key"`
	StartedBy   string          `json:"startedBy"`
	CreatedAt   time.Time       `json:"createdAt"`
	StartedAt   *time.Time      `json:"startedAt"`
	EndedAt     *time.Time      `json:"endedAt"`
	TemporalURL *string         `json:"temporalUrl"`
}

type runDevice struct {
	Role     string `json:"role"`
	DeviceID string `json:"deviceId"`
}

const runFields = `
fragment RunFields on Run {
  id status protocolName protocolVersion { id number hash }
  subject { id name } experiment { id name } devices { role deviceId }
  parameters seed outcome error key startedBy createdAt startedAt endedAt temporalUrl
}`

const runQuery = `query Run($id: ID!) { run(id: $id) { ...RunFields } }` + runFields

const runsQuery = `query Runs($filter: RunFilter, $first: Int!, $after: Cursor) {
  runs(filter: $filter, first: $first, after: $after) { nodes { ...RunFields } pageInfo { hasNextPage endCursor } }
}` + runFields

const runIDsQuery = `query RunIDs($first: Int!, $after: Cursor) {
  runs(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}`

// pageInfo is Relay's, as far as going on needs it.
type pageInfo struct {
	HasNextPage bool    `json:"hasNextPage"`
	EndCursor   *string `json:"endCursor"`
}

type connection[T any] struct {
	Nodes    []T      `json:"nodes"`
	PageInfo pageInfo `json:"pageInfo"`
}

// pageLimit is what the server gives at most at once.
const pageLimit = 200

// pages collects up to most items of a list.
func pages[T any](most int, page func(first int, after *string) (connection[T], error)) ([]T, error) {
	var all []T
	var after *string
	for len(all) < most {
		c, err := page(min(pageLimit, most-len(all)), after)
		if err != nil {
			return nil, err
		}
		all = append(all, c.Nodes...)
		if !c.PageInfo.HasNextPage || c.PageInfo.EndCursor == nil {
			break
		}
		after = c.PageInfo.EndCursor
	}
	return all, nil
}

// run gets one run by its whole id.
func (a *app) run(id string) (runInfo, error) {
	got, err := query[struct {
		Run *runInfo `json:"run"`
	}](a, runQuery, map[string]any{"id": id})
	if err != nil {
		return runInfo{}, err
	}
	if got.Run == nil {
		return runInfo{}, lab.Errorf(lab.NotFound, "There is no run %s. `lics run list` shows those there are.", id)
	}
	return *got.Run, nil
}

// searched is among how many of the latest runs an abbreviated id is looked for.
const searched = 2000

// runID completes an abbreviated id: its beginning or its end. Ids made within
// the same minute begin alike, so the end is usually the shorter way.
func (a *app) runID(given string) (string, error) {
	if uuid.Validate(given) == nil {
		return strings.ToLower(given), nil
	}
	short := strings.ToLower(strings.TrimSpace(given))
	if short == "" {
		return "", usagef("Name a run: `lics run list` shows them.")
	}
	ids, err := pages(searched, func(first int, after *string) (connection[struct{ ID string }], error) {
		got, err := query[struct {
			Runs connection[struct{ ID string }] `json:"runs"`
		}](a, runIDsQuery, map[string]any{"first": first, "after": after})
		return got.Runs, err
	})
	if err != nil {
		return "", err
	}
	var found []string
	for _, r := range ids {
		if strings.HasPrefix(r.ID, short) || strings.HasSuffix(r.ID, short) {
			found = append(found, r.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", lab.Errorf(lab.NotFound, "No run's id begins or ends with %s. `lics run list` shows the runs.", given)
	}
	return "", lab.Errorf(lab.Invalid, "%s is not enough, it may be:\n  %s\nGive more of the id; its end differs most.", given, strings.Join(found[:min(len(found), 10)], "\n  "))
}
