/**
 * XML answers of services as the plain values that JSON knows. What is read comes from backends, so
 * it is paid for from a {@link io.gatehouse.runtime.budget.Budget}, and no document type is read.
 */
package io.gatehouse.runtime.xml;
