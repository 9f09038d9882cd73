import { Component, type ComponentChildren } from 'preact';

interface TextBoundaryProps {
  /** What the children draw. */
  text: string;
  children: ComponentChildren;
}

interface TextBoundaryState {
  /** The text that could not be drawn. */
  failed: string | null;
}

/**
 * Shows a text as it was written where drawing it throws: nobody's text may take the messages around it along. What begins with a
 * text that failed stays plain, so that a growing one does not fail with each piece; after an edit it is tried again.
 */
export class TextBoundary extends Component<TextBoundaryProps, TextBoundaryState> {
  override state: TextBoundaryState = { failed: null };

  override componentDidCatch(thrown: unknown): void {
    reportError(thrown);
    this.setState({ failed: this.props.text });
  }

  override render({ text, children }: TextBoundaryProps, { failed }: TextBoundaryState): ComponentChildren {
    if (failed === null || !text.startsWith(failed)) return children;
    return (
      <div class="message-text" dir="auto">
        {text}
      </div>
    );
  }
}
