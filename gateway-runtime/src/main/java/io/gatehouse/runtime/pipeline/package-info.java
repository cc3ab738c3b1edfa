/** The life of one exchange. */
package io.gatehouse.runtime.pipeline;
