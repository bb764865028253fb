/** The mark: a sheet with its call lines, one of them lit. */
export function Wordmark() {
  return (
    <>
      <svg aria-hidden viewBox="0 0 20 20" className="size-5 shrink-0">
        <rect x="2.5" y="1.5" width="15" height="17" rx="2" className="fill-none stroke-ink-2" strokeWidth="1.5" />
        <path d="M6 6h8M6 14h5" className="stroke-ink-2" strokeWidth="1.5" strokeLinecap="round" />
        <path d="M6 10h8" className="stroke-accent" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <span className="text-lg font-semibold tracking-tight md:max-lg:sr-only">Callsheet</span>
    </>
  );
}
