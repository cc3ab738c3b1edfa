package io.gatehouse.admin.sdk;

import io.gatehouse.model.wire.ApiError;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.SdkConfigurationProperty;

/**
 * Something that a caller says of the SDK to make.
 *
 * @param name as {@code java.package-name}; {@code javaPackageName} is taken as well, because the
 *     vendor's reference names it so
 * @param form of its values: they become names in generated code
 */
record SdkProperty(
    String name, String friendlyName, String description, boolean required, Pattern form) {

  static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  static final Pattern PACKAGE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}(\\.[A-Za-z_][A-Za-z0-9_]{0,63}){0,9}");
  static final Pattern ARTIFACT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

  SdkConfigurationProperty shape() {
    return SdkConfigurationProperty.builder()
        .name(name)
        .friendlyName(friendlyName)
        .description(description)
        .required(required)
        .build();
  }

  /**
   * The caller's value, empty when there is none.
   *
   * @throws ApiError bad request, when it is missing and required, or not of the form
   */
  Optional<String> value(Map<String, String> parameters) {
    Optional<String> given =
        Optional.ofNullable(parameters.getOrDefault(name, parameters.get(inCamelCase())))
            .filter(value -> !value.isEmpty());
    if (given.isEmpty() && required) {
      throw ApiError.badRequest("Missing required parameter for the SDK: " + name);
    }
    if (given.isPresent() && !form.matcher(given.get()).matches()) {
      throw ApiError.badRequest("Invalid value for parameter %s of the SDK".formatted(name));
    }
    return given;
  }

  private String inCamelCase() {
    return Pattern.compile("[.-](.)").matcher(name).replaceAll(m -> m.group(1).toUpperCase());
  }
}
