package jmespath

import (
	"regexp"

	"github.com/jmespath-community/go-jmespath/pkg/parsing"
)

// node is a node of the syntax tree with its offset in the source, which the library
// does not keep.
type node struct {
	parsing.ASTNode
	kids []node
	at   int
}

// text is the name or string of a node.
func (n node) text() string {
	text, _ := n.Value.(string)
	return text
}

// wordPattern matches what names and literals are written as.
var wordPattern = regexp.MustCompile(
	`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|` + "`(?:[^`\\\\]|\\\\.)*`" + `|\$?[A-Za-z_][A-Za-z0-9_]*|\$`,
)

// located finds the offsets of a tree's nodes: names and literals stand in the source
// in the order in which the tree has them, left to right.
func located(tree parsing.ASTNode, source string) node {
	words := wordPattern.FindAllStringIndex(source, -1)
	next := func() int {
		if len(words) == 0 {
			return 0
		}
		at := words[0][0]
		words = words[1:]
		return at
	}
	var locate func(parsing.ASTNode) node
	locate = func(tree parsing.ASTNode) node {
		n := node{ASTNode: tree, kids: make([]node, len(tree.Children)), at: -1}
		switch tree.NodeType {
		case parsing.ASTField, parsing.ASTFunctionExpression, parsing.ASTLiteral, parsing.ASTKeyValPair, parsing.ASTVariable,
			parsing.ASTRootNode, parsing.ASTLetExpression:
			n.at = next()
		}
		order := []int{0, 1, 2}
		if tree.NodeType == parsing.ASTFilterProjection {
			order = []int{0, 2, 1} // the condition stands before what is selected
		}
		for i := range tree.Children {
			if len(tree.Children) == len(order) {
				i = order[i]
			}
			n.kids[i] = locate(tree.Children[i])
			if tree.NodeType == parsing.ASTLetExpression && i == 0 {
				next() // "in"
			}
			if n.at < 0 {
				n.at = n.kids[i].at
			}
		}
		return n
	}
	root := locate(tree)
	root.settle(0)
	return root
}

// settle places the nodes that have no word in them where their parent is.
func (n *node) settle(at int) {
	if n.at < 0 {
		n.at = at
	}
	for i := range n.kids {
		n.kids[i].settle(n.at)
	}
}
