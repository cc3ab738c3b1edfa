package io.gatehouse.runtime.sink;

import java.nio.file.Files;
import java.nio.file.Path;

/** A broker of Kafka by itself. */
final class BrokerProgram {

  private BrokerProgram() {}

  /** Takes the file of its properties, and the directory that they have its data in. */
  public static void main(String[] arguments) {
    if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
      int failed =
          kafka.tools.StorageTool.execute(
              new String[] {
                "format", "--cluster-id", "4L6g3nShT-eMCtK--X86sw", "--config", arguments[0]
              },
              System.out);
      if (failed != 0) {
        System.exit(failed);
      }
    }
    kafka.Kafka.main(new String[] {arguments[0]});
  }
}
