/**
 * What a request must satisfy by its form alone: required members, value sets, patterns. Checked
 * before any look-up and reported all at once, as the vendor's framework does. The rules are data
 * ({@code constraints.txt}); rules about meaning live with the operations.
 */
package io.gatehouse.model.constraint;
