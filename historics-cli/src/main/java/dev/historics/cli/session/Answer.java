package dev.historics.cli.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** A print stream as a stream that says when nobody takes its bytes any more. */
final class Answer extends OutputStream {
  private final PrintStream out;

  Answer(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    requireTaken();
  }

  @Override
  public void flush() throws IOException {
    out.flush();
    requireTaken();
  }

  private void requireTaken() throws OutputClosedException {
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }
}
