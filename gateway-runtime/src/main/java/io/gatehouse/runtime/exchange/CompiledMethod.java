package io.gatehouse.runtime.exchange;

import java.util.List;

/**
 * A method with everything decided that can be decided at deploy time.
 *
 * @param httpMethod as defined, perhaps {@code ANY}
 * @param pathVariables names of the resource path's variables from left to right
 */
public record CompiledMethod(
    String resourceId,
    String resourcePath,
    String httpMethod,
    List<String> pathVariables,
    boolean apiKeyRequired,
    RequestMapping requestMapping,
    Backend backend,
    ResponseMapping responseMapping) {}
