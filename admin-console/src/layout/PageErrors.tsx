import { Component, type ReactNode } from 'react';
import { ErrorPanel } from '../feedback/ErrorPanel.js';

/** Keeps bar and menu alive when a page fails, and says so in its place. */
export class PageErrors extends Component<{ children: ReactNode }, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <ErrorPanel error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
