package presign

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	officialpolly "github.com/aws/aws-sdk-go-v2/service/polly"
	officialpollytypes "github.com/aws/aws-sdk-go-v2/service/polly/types"

	leanpolly "example.com/interop/lean/polly"
	leanpollytypes "example.com/interop/lean/polly/types"
	ourpolly "example.com/interop/polly"
	ourpollytypes "example.com/interop/polly/types"
)

func TestSynthesizeSpeech(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialpolly.NewPresignClient(officialpolly.NewFromConfig(w.cfg), func(o *officialpolly.PresignOptions) { o.Presigner = p })
			r, err := c.PresignSynthesizeSpeech(context.Background(), &officialpolly.SynthesizeSpeechInput{OutputFormat: officialpollytypes.OutputFormatMp3, Text: aws.String("a b+c/é&="), VoiceId: officialpollytypes.VoiceIdJoanna, LexiconNames: []string{"x", "y"}, SpeechMarkTypes: []officialpollytypes.SpeechMarkType{officialpollytypes.SpeechMarkTypeSsml}, SampleRate: aws.String("8000"), Engine: officialpollytypes.EngineNeural, LanguageCode: officialpollytypes.LanguageCodeEnUs, TextType: officialpollytypes.TextTypeSsml}, func(o *officialpolly.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialpolly.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := ourpolly.NewPresignClient(ourpolly.NewFromConfig(w.cfg), func(o *ourpolly.PresignOptions) { o.Presigner = p })
			r, err := c.PresignSynthesizeSpeech(context.Background(), &ourpolly.SynthesizeSpeechInput{OutputFormat: ourpollytypes.OutputFormatMp3, Text: aws.String("a b+c/é&="), VoiceId: ourpollytypes.VoiceIdJoanna, LexiconNames: []string{"x", "y"}, SpeechMarkTypes: []ourpollytypes.SpeechMarkType{ourpollytypes.SpeechMarkTypeSsml}, SampleRate: aws.String("8000"), Engine: ourpollytypes.EngineNeural, LanguageCode: ourpollytypes.LanguageCodeEnUs, TextType: ourpollytypes.TextTypeSsml}, func(o *ourpolly.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ourpolly.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leanpolly.NewPresignClient(leanpolly.NewFromConfig(w.cfg), func(o *leanpolly.PresignOptions) { o.Presigner = p })
			r, err := c.PresignSynthesizeSpeech(context.Background(), &leanpolly.SynthesizeSpeechInput{OutputFormat: leanpollytypes.OutputFormatMp3, Text: aws.String("a b+c/é&="), VoiceId: leanpollytypes.VoiceIdJoanna, LexiconNames: []string{"x", "y"}, SpeechMarkTypes: []leanpollytypes.SpeechMarkType{leanpollytypes.SpeechMarkTypeSsml}, SampleRate: aws.String("8000"), Engine: leanpollytypes.EngineNeural, LanguageCode: leanpollytypes.LanguageCodeEnUs, TextType: leanpollytypes.TextTypeSsml}, func(o *leanpolly.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}

func TestSynthesizeSpeechInvalid(t *testing.T) {
	check(t, sides{
		official: func(w world) result {
			p := &presigner{err: w.fail}
			c := officialpolly.NewPresignClient(officialpolly.NewFromConfig(w.cfg), func(o *officialpolly.PresignOptions) { o.Presigner = p })
			r, err := c.PresignSynthesizeSpeech(context.Background(), &officialpolly.SynthesizeSpeechInput{}, func(o *officialpolly.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *officialpolly.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		ours: func(w world) result {
			p := &presigner{err: w.fail}
			c := ourpolly.NewPresignClient(ourpolly.NewFromConfig(w.cfg), func(o *ourpolly.PresignOptions) { o.Presigner = p })
			r, err := c.PresignSynthesizeSpeech(context.Background(), &ourpolly.SynthesizeSpeechInput{}, func(o *ourpolly.PresignOptions) {
				o.ClientOptions = append(o.ClientOptions, func(o *ourpolly.Options) { o.APIOptions = append(o.APIOptions, w.hook...) })
			})
			return resultOf(p, r, err)
		},
		lean: func(w world) result {
			p := &presigner{err: w.fail}
			c := leanpolly.NewPresignClient(leanpolly.NewFromConfig(w.cfg), func(o *leanpolly.PresignOptions) { o.Presigner = p })
			r, err := c.PresignSynthesizeSpeech(context.Background(), &leanpolly.SynthesizeSpeechInput{}, func(o *leanpolly.PresignOptions) {
				_ = o
			})
			return resultOf(p, r, err)
		},
	})
}
