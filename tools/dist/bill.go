package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// billOf is the bill of materials of a program, in CycloneDX: the modules that are linked
// into it, as the program itself says.
func billOf(program file, commit time.Time) ([]byte, error) {
	info, err := buildinfo.Read(bytes.NewReader(program.data))
	if err != nil {
		return nil, fmt.Errorf("%s does not say what it was built from: %w", program.name, err)
	}
	hash := sha256.Sum256(program.data)
	main := cdx.Component{
		BOMRef: purl(info.Main.Path, info.Main.Version), Type: cdx.ComponentTypeApplication, Name: "gen",
		Version: info.Main.Version, PackageURL: purl(info.Main.Path, info.Main.Version),
		Hashes: &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(hash[:])}},
	}
	components := []cdx.Component{{
		BOMRef: purl("std", info.GoVersion), Type: cdx.ComponentTypeLibrary, Name: "std",
		Version: info.GoVersion, PackageURL: purl("std", strings.TrimPrefix(info.GoVersion, "go")),
	}}
	needs := []string{components[0].BOMRef}
	for _, dep := range info.Deps {
		if dep.Replace != nil {
			dep = dep.Replace
		}
		c := cdx.Component{
			BOMRef: purl(dep.Path, dep.Version), Type: cdx.ComponentTypeLibrary, Name: dep.Path, Version: dep.Version,
			PackageURL: purl(dep.Path, dep.Version),
		}
		if sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(dep.Sum, "h1:")); err == nil &&
			len(sum) == sha256.Size {
			// of the module, as go.sum has it
			c.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum)}}
		}
		components = append(components, c)
		needs = append(needs, c.BOMRef)
	}
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{Timestamp: commit.Format(time.RFC3339), Component: &main}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: main.BOMRef, Dependencies: &needs}}
	var b bytes.Buffer
	err = cdx.NewBOMEncoder(&b, cdx.BOMFileFormatJSON).SetPretty(true).Encode(bom)
	return b.Bytes(), err
}

// purl is the package URL of a module.
func purl(path, version string) string {
	return "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
}
