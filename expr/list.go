package expr

import "slices"

// list holds elements packed by kind, eight bytes a number, because a list of
// ten thousand samples has to fit a Raspberry Pi many times over. A list never
// changes once a Value points to it.
type list struct {
	elem Type
	nums []uint64 // for every element type but String
	strs []string
}

func newList(elem Type, capacity int) *list {
	l := &list{elem: elem}
	if elem == String {
		l.strs = make([]string, 0, capacity)
	} else {
		l.nums = make([]uint64, 0, capacity)
	}
	return l
}

func (l *list) len() int {
	if l == nil {
		return 0
	}
	return len(l.nums) + len(l.strs) // one of the two is always empty
}

func (l *list) at(i int) Value {
	if l.elem == String {
		return Value{t: String, str: l.strs[i]}
	}
	return Value{t: l.elem, num: l.nums[i]}
}

func (l *list) add(v Value) {
	if l.elem == String {
		l.strs = append(l.strs, v.str)
		return
	}
	l.nums = append(l.nums, v.num)
}

func (l *list) equal(o *list) bool {
	if l.len() != o.len() {
		return false
	}
	return l.len() == 0 || slices.Equal(l.nums, o.nums) && slices.Equal(l.strs, o.strs)
}

// slice shares the elements of l: lists do not change, so they can be shared.
func (l *list) slice(from, to int) *list {
	if from >= to {
		return nil
	}
	if l.elem == String {
		return &list{elem: l.elem, strs: l.strs[from:to:to]}
	}
	return &list{elem: l.elem, nums: l.nums[from:to:to]}
}
