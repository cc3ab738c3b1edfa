package io.gatehouse.admin.console.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.AccessLogSettings;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * What a form of a stage's access log shows.
 *
 * @param destination an ARN, which tools ask for
 */
record AccessLogForm(boolean on, String destination, String format) {

  /**
   * @param destination of a stage that has none yet
   */
  static AccessLogForm of(Stage stage, String destination) {
    Optional<AccessLogSettings> log = Optional.ofNullable(stage.accessLogSettings());
    return new AccessLogForm(
        log.isPresent(),
        log.map(AccessLogSettings::destinationArn).orElse(destination),
        log.map(AccessLogSettings::format).orElse(ReadyFormat.JSON.text()));
  }

  AccessLogSettings settings() {
    return AccessLogSettings.builder()
        .destinationArn(destination.strip())
        .format(format.strip())
        .build();
  }

  /** Only what differs. */
  List<StageWrite> writes(Stage before) {
    List<StageWrite> writes = new ArrayList<>();
    if (!on) {
      if (before.accessLogSettings() != null) {
        writes.add(StageWrite.remove(StageWrite.ACCESS_LOG, "Access log"));
      }
      return writes;
    }
    writes.add(
        StageWrite.set(
            StageWrite.ACCESS_LOG_DESTINATION, "Access log destination", destination.strip()));
    writes.add(StageWrite.set(StageWrite.ACCESS_LOG_FORMAT, "Access log format", format.strip()));
    writes.removeIf(write -> write.value().equals(write.in(before)));
    return writes;
  }
}
