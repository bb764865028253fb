"use client";

import { Component, type ReactNode } from "react";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

interface Props {
  /** What the panel shows, for the message. */
  name: string;
  children: ReactNode;
}

/** Keeps a failure within its panel; the rest of the page stays usable. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <Notice
        tone="bad"
        title={`${this.props.name} could not be shown.`}
        actions={
          <Button size="sm" onClick={() => this.setState({ error: null })}>
            Try again
          </Button>
        }
      >
        {this.state.error.message}
      </Notice>
    );
  }
}
