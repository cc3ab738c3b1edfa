package io.gatehouse.admin.awsface;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.WireOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.core.SdkPojo;

/** The protocol of API Gateway; that of Lambda answers alike. */
record RestJson() implements Protocol {

  /**
   * @param account of the caller
   * @param shape empty for operations that answer nothing
   */
  Answer success(String account, Optional<SdkPojo> shape, int status) {
    WireOutput out =
        shape
            .map(WireOutput::of)
            .orElseGet(
                () ->
                    new WireOutput(
                        OptionalInt.empty(),
                        Map.of("Content-Type", "application/json"),
                        new byte[0]));
    Answer answer = new Answer(out.status().orElse(status), out.headers(), out.body());
    return shape
        .flatMap(told -> Notice.of(account, told))
        .map(notice -> answer.with(Notice.HEADER, notice))
        .orElse(answer);
  }

  @Override
  public Answer refusal(ApiError error, String requestId) {
    byte[] body =
        JSON.createObjectBuilder()
            .add(member(error), error.getMessage())
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return new Answer(
        error.kind().status(),
        Map.of("Content-Type", "application/json", "x-amzn-ErrorType", error.kind().type()),
        body);
  }

  /** The vendor spells this one with a capital; tools read both. */
  private static String member(ApiError error) {
    return error.kind() == ApiError.Kind.ACCESS_DENIED ? "Message" : "message";
  }
}
