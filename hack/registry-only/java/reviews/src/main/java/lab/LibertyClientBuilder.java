package lab;

import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.JerseyClient;
import org.glassfish.jersey.client.JerseyClientBuilder;

/**
 * Makes Jersey's client keep the time-outs that reviews sets under Open Liberty's names: the lessons are about them.
 * Reviews builds a client for every call, always the same: here it gets one, since Jersey's take their time.
 */
public final class LibertyClientBuilder extends JerseyClientBuilder {
    private static JerseyClient shared;

    @Override
    public JerseyClientBuilder property(String name, Object value) {
        return switch (name) {
            case "com.ibm.ws.jaxrs.client.connection.timeout" ->
                    super.property(ClientProperties.CONNECT_TIMEOUT, value);
            case "com.ibm.ws.jaxrs.client.receive.timeout" ->
                    super.property(ClientProperties.READ_TIMEOUT, value);
            default -> super.property(name, value);
        };
    }

    @Override
    public JerseyClient build() {
        synchronized (LibertyClientBuilder.class) {
            if (shared == null) {
                shared = super.build();
            }
            return shared;
        }
    }
}
