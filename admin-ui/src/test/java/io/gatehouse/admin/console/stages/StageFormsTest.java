package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.stages.StageVariables.Row;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Variables and the access log. */
class StageFormsTest {

  private static final Stage STAGE =
      Stage.builder().stageName("prod").variables(Map.of("b", "2", "a", "1")).build();
  private static final Stage LOGGED =
      STAGE.toBuilder()
          .accessLogSettings(log -> log.destinationArn("arn:aws:x").format("$context.requestId"))
          .build();

  private static List<String> words(List<StageWrite> writes) {
    return writes.stream()
        .map(
            write ->
                write.patch().opAsString() + " " + write.path() + " " + write.value().orElse(""))
        .toList();
  }

  @Test
  void variablesAreAddedChangedAndRemoved() {
    assertEquals(List.of(new Row("a", "1"), new Row("b", "2")), StageVariables.of(STAGE));
    assertEquals(
        List.of("remove /variables/b ", "replace /variables/a one", "replace /variables/c 3"),
        words(
            StageVariables.writes(
                STAGE, List.of(new Row(" a ", "one"), new Row("", ""), new Row("c", "3")))));
    assertEquals(List.of(), StageVariables.writes(STAGE, StageVariables.of(STAGE)));
  }

  @Test
  void aLineThatWouldBeLostIsRefusedByName() {
    assertEquals(
        "Two variables have the name a",
        assertThrows(
                ApiError.class,
                () -> StageVariables.map(List.of(new Row("a", "1"), new Row("a", "2"))))
            .getMessage());
    assertEquals(
        "The variable with the value 7 has no name",
        assertThrows(ApiError.class, () -> StageVariables.map(List.of(new Row("", "7"))))
            .getMessage());
  }

  @Test
  void anAccessLogIsBegunWithTheDestinationThatIsOffered() {
    AccessLogForm form = AccessLogForm.of(STAGE, "arn:aws:offered");

    assertFalse(form.on());
    assertEquals(List.of(), form.writes(STAGE));
    assertEquals(
        List.of(
            "replace /accessLogSettings/destinationArn arn:aws:offered",
            "replace /accessLogSettings/format " + ReadyFormat.CLF.text()),
        words(new AccessLogForm(true, form.destination(), ReadyFormat.CLF.text()).writes(STAGE)));
  }

  @Test
  void ofAnAccessLogOnlyWhatDiffersIsWrittenAndItIsRemovedWhole() {
    assertEquals(List.of(), AccessLogForm.of(LOGGED, "").writes(LOGGED));
    assertEquals(
        List.of("replace /accessLogSettings/format $context.requestId $context.status"),
        words(
            new AccessLogForm(true, "arn:aws:x", "$context.requestId $context.status")
                .writes(LOGGED)));
    assertEquals(
        List.of("remove /accessLogSettings "),
        words(new AccessLogForm(false, "arn:aws:x", "").writes(LOGGED)));
  }

  @Test
  void everyReadyFormatIsOneLineWithARequestId() {
    for (ReadyFormat format : ReadyFormat.values()) {
      assertTrue(format.text().contains("$context.requestId"), format.name());
      assertEquals(1, format.text().lines().count(), format.name());
    }
  }
}
