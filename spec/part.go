package spec

// Part is a piece of a source whose problems count only where it is reached: an
// operation, something that operations refer to, or what all of them depend on.
type Part struct {
	// Problems are those of the piece itself.
	Problems Problems
	// Uses are the pieces that it refers to.
	Uses []*Part
}

// All returns the problems of the part and of all that it leads to; none for nil.
func (p *Part) All() Problems {
	var all Problems
	seen := map[*Part]bool{nil: true}
	for queue := []*Part{p}; len(queue) > 0; queue = queue[1:] {
		if at := queue[0]; !seen[at] {
			seen[at] = true
			all = append(all, at.Problems...)
			queue = append(queue, at.Uses...)
		}
	}
	return all
}
