"use client";

import { useEffect, useState } from "react";

/** An image whose address changes: the old frame stays until the new one is decoded, so that nothing flickers. */
export function LiveImage({ src, alt, className }: { src: string; alt: string; className?: string }) {
  const [shown, setShown] = useState(src);
  useEffect(() => {
    let isCurrent = true;
    const next = new Image();
    next.src = src;
    next.decode().then(
      () => isCurrent && setShown(src),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [src]);
  return <img src={shown} alt={alt} className={className} />;
}
