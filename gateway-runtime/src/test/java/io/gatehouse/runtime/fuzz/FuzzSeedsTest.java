package io.gatehouse.runtime.fuzz;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every seed passes its target; a finding that is mended becomes one more seed. */
class FuzzSeedsTest {

  @TestFactory
  List<DynamicNode> everySeedPassesItsTarget() throws IOException {
    List<DynamicNode> targets = new ArrayList<>();
    for (FuzzTarget target : FuzzTarget.values()) {
      List<DynamicNode> seeds = new ArrayList<>();
      for (Path folder : target.seedFolders()) {
        for (Path file : FuzzTarget.files(folder)) {
          String name = file.getFileName().toString();
          seeds.add(dynamicTest(name, () -> target.run(Files.readAllBytes(file))));
        }
      }
      targets.add(dynamicContainer(target.target().getSimpleName(), seeds));
    }
    return targets;
  }
}
