package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.file.Path;

/** Where archives of code come from. */
public interface CodeSource {

  /** The vendor's bound of an archive. */
  long MOST_PACKED_BYTES = 50L << 20;

  /**
   * Waits for it.
   *
   * @param sha256 64 lower-case hexadecimal digits; the caller compares
   * @param into a file that is not there yet
   */
  void fetch(String account, String sha256, Path into) throws IOException, InterruptedException;
}
