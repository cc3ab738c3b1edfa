/**
 * The function host: runs tenants' functions as processes of their own, which fetch their work
 * through the Lambda Runtime API. Imitates the pages "Lambda runtimes" and "Invoke".
 */
package io.gatehouse.runtime.functions;
