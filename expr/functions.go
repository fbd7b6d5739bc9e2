package expr

// Function describes a function of the language, for the documentation and the
// editor's completion.
type Function struct {
	Name      string `json:"name"`
	Signature string `json:"signature"`
	Doc       string `json:"doc"`
	Example   string `json:"example"` // an expression that is true
}

var functions = []Function{
	{"len", "len(list or string) int", "How many elements or letters.", `len([1, 2, 3]) == 3`},
	{"abs", "abs(x) same type", "Without its sign.", `abs(-2.5) == 2.5`},
	{"ceil", "ceil(number) int", "The next whole number up.", `ceil(2.1) == 3`},
	{"floor", "floor(number) int", "The next whole number down.", `floor(-2.1) == -3`},
	{"round", "round(number) int, round(number, digits) float", "The nearest whole number, halves away from zero; or the nearest with some decimals.", `round(2.5) == 3 and round(0.126, 2) == 0.13`},
	{"int", "int(number, bool or string) int", "Drops the decimals; true is 1; reads digits.", `int(2.9) == 2 and int("12") == 12`},
	{"float", "float(number, bool or string) float", "The same as a float.", `float("0.5") == 0.5`},
	{"string", "string(x) string", "The text of any value.", `string(250ms) == "250ms"`},
	{"min", "min(x, y, …) or min(list)", "The smallest number or duration.", `min(3, 1, 2) == 1`},
	{"max", "max(x, y, …) or max(list)", "The largest number or duration.", `max([1s, 2s]) == 2s`},
	{"sum", "sum(list) element type", "All added up; 0 for an empty list.", `sum([1, 2, 3]) == 6`},
	{"mean", "mean(list) float or duration", "The average.", `mean([1, 2]) == 1.5`},
	{"median", "median(list) float or duration", "The middle one, or between the two middle ones.", `median([9, 1, 2]) == 2`},
	{"first", "first(list) element type", "The first element.", `first([4, 5]) == 4`},
	{"last", "last(list) element type", "The last element.", `last([4, 5]) == 5`},
	{"count", "count(list, condition) int, count(list of bool) int", "For how many elements the condition holds.", `count([1, 5, 9], # > 3) == 2`},
	{"any", "any(list, condition) bool", "Whether it holds for at least one.", `any([1, 5], # > 3)`},
	{"all", "all(list, condition) bool", "Whether it holds for each; true for an empty list.", `all([4, 5], # > 3)`},
	{"none", "none(list, condition) bool", "Whether it holds for not even one.", `none([1, 2], # > 3)`},
	{"filter", "filter(list, condition) list", "The elements for which it holds.", `filter([1, 5, 9], # > 3) == [5, 9]`},
	{"map", "map(list, expression) list", "What the expression gives for each element.", `map([1, 2], # * 10) == [10, 20]`},
	{"upper", "upper(string) string", "In capital letters.", `upper("left") == "LEFT"`},
	{"lower", "lower(string) string", "In small letters.", `lower("Left") == "left"`},
	{"trim", "trim(string) string", "Without space at both ends.", `trim(" a ") == "a"`},
	{"sqrt", "sqrt(number) float", "The square root.", `sqrt(9) == 3`},
	{"exp", "exp(number) float", "e to the power of the number.", `exp(0) == 1`},
	{"ln", "ln(number) float", "The natural logarithm.", `ln(1) == 0`},
	{"log10", "log10(number) float", "The logarithm to the base of 10.", `log10(1000) == 3`},
	{"pow", "pow(x, y) float", "The same as x ** y.", `pow(2, 10) == 1024`},
	{"seconds", "seconds(duration) float", "A duration as a number of seconds.", `seconds(1500ms) == 1.5`},
	{"milliseconds", "milliseconds(duration) float", "A duration as a number of milliseconds.", `milliseconds(1.5s) == 1500`},
	{"duration", "duration(seconds) duration", "A number of seconds as a duration.", `duration(0.25) == 250ms`},
}

// Functions lists the functions in the order of the documentation.
func Functions() []Function { return append([]Function(nil), functions...) }

func functionNamed(name string) *Function {
	for i := range functions {
		if functions[i].Name == name {
			return &functions[i]
		}
	}
	return nil
}
