package io.gatehouse.admin.console.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MatchTest {

  @Test
  void whatFitsBetterScoresHigher() {
    String[] better = {"pets", "pets shop", "my pets", "carpets", "plenty sets"};
    for (int i = 1; i < better.length; i++) {
      int before = Match.score("pets", better[i - 1]).orElseThrow();
      int after = Match.score("pets", better[i]).orElseThrow();
      assertTrue(before > after, better[i - 1] + " before " + better[i]);
    }
  }

  @Test
  void everyWordMustBeThereInWhateverOrderAndCase() {
    assertTrue(Match.score("PROD pets", "Pets · prod").isPresent());
    assertEquals(OptionalInt.empty(), Match.score("pets test", "Pets · prod"));
  }

  @Test
  void fewLettersAreNotLookedForScattered() {
    assertEquals(OptionalInt.empty(), Match.score("ps", "pet store"));
    assertTrue(Match.score("psto", "pet store").isPresent());
    assertEquals(OptionalInt.empty(), Match.score("otsp", "pet store"));
  }
}
