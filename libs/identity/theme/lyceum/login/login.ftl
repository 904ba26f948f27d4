<#import "template.ftl" as layout>
<#assign failed = messagesPerField.existsError('username', 'password')>
<@layout.registrationLayout displayMessage=!failed displayInfo=false; section>
  <#if section == "header">
    ${msg("loginAccountTitle")}
  <#elseif section == "form">
    <#if realm.password>
    <form id="kc-form-login" class="form" action="${url.loginAction}" method="post" data-once>
      <#if failed>
      <p class="message error" id="sign-in-error" role="alert">${kcSanitize(messagesPerField.getFirstError('username', 'password'))?no_esc}</p>
      </#if>
      <#if !usernameHidden??>
      <div class="field">
        <label class="label" for="username">${realm.loginWithEmailAllowed?then(msg("usernameOrEmail"), msg("username"))}</label>
        <input class="input" id="username" name="username" type="text" value="${(login.username)!''}" required autofocus
               autocomplete="username" autocapitalize="none" spellcheck="false"
               <#if failed>aria-invalid="true" aria-describedby="sign-in-error"</#if>>
      </div>
      </#if>
      <div class="field">
        <label class="label" for="password">${msg("password")}</label>
        <div class="input-group">
          <input class="input" id="password" name="password" type="password" required autocomplete="current-password"
                 <#if usernameHidden??>autofocus</#if>
                 <#if failed>aria-invalid="true" aria-describedby="sign-in-error"</#if>>
          <button type="button" class="btn quiet" hidden data-reveals="password" aria-pressed="false"
                  data-show="${msg('showPassword')}" data-hide="${msg('hidePassword')}">${msg("showPassword")}</button>
        </div>
      </div>
      <#if realm.rememberMe && !usernameHidden??>
      <label class="check"><input type="checkbox" name="rememberMe" <#if (login.rememberMe)??>checked</#if>> ${msg("rememberMe")}</label>
      </#if>
      <input type="hidden" name="credentialId" value="${(auth.selectedCredential)!''}">
      <button type="submit" class="btn primary block" id="kc-login" name="login">${msg("doLogIn")}</button>
      <#if realm.resetPasswordAllowed>
      <p class="info"><a href="${url.loginResetCredentialsUrl}">${msg("doForgotPassword")}</a></p>
      </#if>
    </form>
    </#if>
  <#elseif section == "socialProviders">
    <#if realm.password && social?? && social.providers?has_content>
    <section class="providers" aria-label="${msg('identity-provider-login-label')}">
      <p class="hint">${msg("identity-provider-login-label")}</p>
      <ul class="provider-list">
        <#list social.providers as provider>
        <li><a class="btn block" href="${provider.loginUrl}">${provider.displayName!}</a></li>
        </#list>
      </ul>
    </section>
    </#if>
  </#if>
</@layout.registrationLayout>
