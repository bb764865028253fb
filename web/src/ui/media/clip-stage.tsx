"use client";

import { ChevronFirst, ChevronLast, Pause, Play, Repeat, Volume2, VolumeX } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useShortcuts } from "#lib/hooks/use-shortcuts.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { ToggleButton } from "#ui/media/toggle-button.tsx";
import { usePictureFailure } from "#ui/picture-failure.ts";
import type { Picture } from "#ui/thumbnail.tsx";

/** Where a clip does not tell its rate. */
const usualFps = 24;

/** Clips side by side under one set of controls: they play, stop and are searched together. */
export function ClipStage({ pictures, scope }: { pictures: readonly Picture[]; scope: RefObject<HTMLElement | null> }) {
  const videos = useRef(new Map<string, HTMLVideoElement>());
  const [time, setTime] = useState(0);
  const [duration, setDuration] = useState(0);
  const [isPlaying, setIsPlaying] = useState(() => !window.matchMedia("(prefers-reduced-motion: reduce)").matches);
  const [loops, setLoops] = useState(true);
  const [isMuted, setIsMuted] = useState(true);
  const each = (act: (video: HTMLVideoElement) => void) => videos.current.forEach(act);
  const first = () => videos.current.get(pictures[0]?.id ?? "");
  const fps = pictures[0]?.fps ?? usualFps;

  useEffect(() => {
    videos.current.forEach((video) => {
      if (!isPlaying) video.pause();
      // A browser may refuse to play by itself; the button then still says that it stands.
      else void video.play().catch(() => setIsPlaying(false));
    });
  }, [isPlaying]);
  useEffect(() => {
    if (!isPlaying) return;
    let frame = requestAnimationFrame(function follow() {
      setTime(first()?.currentTime ?? 0);
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  });
  const seek = (to: number) => {
    const at = Math.min(Math.max(to, 0), Math.max(0, duration - 0.001));
    setTime(at);
    each((video) => {
      video.currentTime = Math.min(at, Math.max(0, video.duration - 0.001 || 0));
    });
  };
  /** Into the middle of a frame: at its very edge a browser may show the one before. */
  const stepFrame = (by: number) => {
    setIsPlaying(false);
    const frame = Math.floor((first()?.currentTime ?? time) * fps + 0.001);
    seek((Math.max(0, frame + by) + 0.5) / fps);
  };
  const play = () => {
    if (!isPlaying && first()?.ended) seek(0);
    setIsPlaying(!isPlaying);
  };
  useShortcuts(scope, {
    " ": play,
    ",": () => stepFrame(-1),
    ".": () => stepFrame(1),
    l: () => setLoops(!loops),
    m: () => setIsMuted(!isMuted),
  });
  const frame = Math.floor(time * fps + 0.001);
  return (
    <div className="flex size-full min-h-0 flex-col">
      <div className="flex min-h-0 grow gap-1 max-sm:flex-col">
        {pictures.map((picture, index) => (
          <div key={picture.id} className="grid min-h-0 min-w-0 grow basis-0 place-items-center">
            <Clip
              picture={picture}
              isMuted={isMuted || index > 0}
              loops={loops}
              onVideo={(video) => {
                if (video) videos.current.set(picture.id, video);
                else videos.current.delete(picture.id);
              }}
              onDuration={(secs) => setDuration((before) => Math.max(before, secs))}
              onPress={play}
              {...(index === 0 && { onEnded: () => setIsPlaying(false) })}
            />
          </div>
        ))}
      </div>
      <div role="group" aria-label="Playback" className="flex h-10 shrink-0 items-center gap-1 px-2">
        <IconButton
          label={isPlaying ? "Pause (Space)" : "Play (Space)"}
          icon={isPlaying ? <Pause /> : <Play />}
          onClick={play}
        />
        <IconButton label="Back one frame (,)" icon={<ChevronFirst />} onClick={() => stepFrame(-1)} />
        <IconButton label="On one frame (.)" icon={<ChevronLast />} onClick={() => stepFrame(1)} />
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={`${time.toFixed(2)} of ${duration.toFixed(2)} seconds`}
          min={0}
          max={duration || 1}
          step={1 / fps}
          value={time}
          onChange={({ target }) => {
            setIsPlaying(false);
            seek(Number(target.value));
          }}
          className="h-6 min-w-0 grow cursor-pointer accent-accent"
        />
        <span className="w-28 shrink-0 text-right text-sm text-ink-2 max-sm:w-20">
          {`${time.toFixed(2)} s`}
          <span className="max-sm:hidden">{`, frame ${frame + 1}`}</span>
        </span>
        <ToggleButton label="Loop (L)" icon={<Repeat />} isOn={loops} onToggle={() => setLoops(!loops)} />
        <ToggleButton
          label="Mute (M)"
          icon={isMuted ? <VolumeX /> : <Volume2 />}
          isOn={isMuted}
          onToggle={() => setIsMuted(!isMuted)}
        />
      </div>
    </div>
  );
}

interface ClipProps {
  picture: Picture;
  isMuted: boolean;
  loops: boolean;
  onVideo: (video: HTMLVideoElement | null) => void;
  onDuration: (secs: number) => void;
  onPress: () => void;
  onEnded?: () => void;
}

function Clip({ picture, isMuted, loops, onVideo, onDuration, onPress, onEnded }: ClipProps) {
  const { hasFailed, onError } = usePictureFailure(picture.url);
  if (hasFailed) return <p className="text-ink-2">{`${picture.name} could not be loaded.`}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/media-has-caption -- Space does the same; generated clips have no speech
    <video
      ref={onVideo}
      aria-label={picture.name}
      src={picture.url}
      poster={picture.thumbnailUrl ?? undefined}
      loop={loops}
      muted={isMuted}
      playsInline
      onLoadedMetadata={({ currentTarget }) => onDuration(currentTarget.duration)}
      onEnded={onEnded}
      onClick={onPress}
      onError={onError}
      className="size-full min-h-0 object-contain"
    />
  );
}
